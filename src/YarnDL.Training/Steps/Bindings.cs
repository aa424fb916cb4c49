using YarnDL.Data.Encoding;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>Which graph input is filled from which column, while a phase is built; checks that types and shapes fit.</summary>
internal sealed class Bindings(IReadOnlyList<EncodedColumn> columns)
{
    private readonly SortedDictionary<string, string> _all = new(StringComparer.Ordinal);

    public IReadOnlyList<ColumnInput> All => [.. _all.Select(p => new ColumnInput(p.Key, p.Value))];

    /// <summary>An input of the model itself.</summary>
    public void Add(Value input, string column)
    {
        EncodedColumn c = Column(column);
        SymbolicShape expected = Rows(c.PerRow!.Value);
        if (input.DType != c.DType || !input.Shape.Equals(expected))
        {
            throw new TrainingException(TrainingFault.Job, $"[plan] model input {input.Name} is {input.DType}{input.Shape}, column {column} gives {c.DType}{expected}; change the feature or the model so that they agree");
        }

        _all[input.Name] = column;
    }

    /// <summary>The input of a builder that is filled from a target column.</summary>
    public Value Target(GraphBuilder g, string column) => Of(g, "target/" + column, column);

    /// <summary>The input of a builder that is filled from a row weight column; null for none.</summary>
    public Value? Weight(GraphBuilder g, string? column)
    {
        if (column is null)
        {
            return null;
        }

        EncodedColumn c = Column(column);
        return c.DType == DType.Float32 && c.PerRow!.Value.Rank == 0 ? Of(g, "weight/" + column, column)
            : c.DType == DType.Float32 && c.PerRow!.Value is { Rank: 1 } one && one[0] == 1 ? g.Add("Reshape", Of(g, "weight/" + column, column), g.Constant([-1L]))
            : throw new TrainingException(TrainingFault.Job, $"[plan] row weight column {column} is {c.DType}{c.PerRow}; it must be one float32 per row");
    }

    private Value Of(GraphBuilder g, string input, string column)
    {
        EncodedColumn c = Column(column);
        _all[input] = column;
        return g.Inputs.FirstOrDefault(v => v.Name == input) ?? g.Input(input, c.DType, Rows(c.PerRow!.Value));
    }

    /// <summary>A column by name.</summary>
    /// <exception cref="TrainingException">There is none, or its rows have no shape of their own.</exception>
    public EncodedColumn Column(string name)
    {
        EncodedColumn c = columns.FirstOrDefault(c => c.Name == name)
            ?? throw new TrainingException(TrainingFault.Job, $"[plan] there is no encoded column {name}; the columns are {string.Join(", ", columns.Select(c => c.Name))}; name one of these");
        return c.PerRow is null ? throw new TrainingException(TrainingFault.Job, $"[plan] column {name} has values of varying length; a graph input needs a fixed shape per row; add a feature that gives one") : c;
    }

    private static SymbolicShape Rows(Shape perRow)
    {
        var dims = new Dim[perRow.Rank + 1];
        dims[0] = Dim.N;
        for (int i = 0; i < perRow.Rank; i++)
        {
            dims[i + 1] = perRow[i];
        }

        return new SymbolicShape(dims);
    }
}
