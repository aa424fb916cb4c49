using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Rows;
using YarnDL.Graphs;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Training.Scoring;

/// <summary>A model applied to rows of a table, some at a time: in the driver, and in every worker. Predictions do not depend on how rows are cut. One caller at a time.</summary>
internal sealed class RowScorer : IDisposable
{
    private readonly ModelDirectory _model;
    private readonly ScoringSetup _setup;
    private readonly List<PredictionColumn> _columns;
    private readonly Program _program;
    private readonly TableRows _rows;
    private readonly ScoringBadRows _bad;

    /// <exception cref="TrainingException">An output that the model does not have.</exception>
    public RowScorer(ModelDirectory model, FittedFeatures features, ScoringSetup setup, ComputePool pool)
    {
        _model = model;
        _setup = setup;
        (Graph graph, _columns) = PredictionColumns.Of(model.Model.Graph, Classes.Of(model, features), LabelUnits.Of(model, features), setup.Outputs);
        FittedFeatures inputs = PredictionColumns.Needed(graph, model, features);
        _program = new Program(graph, pool);
        _bad = new ScoringBadRows(new BadRowPolicy(setup.OnBadRow, long.MaxValue), inputs.List.Columns, setup.Keep);
        _rows = new TableRows(inputs, setup.BatchSize, pool, _bad);
    }

    /// <summary>The columns of predictions.</summary>
    public IEnumerable<Field> Fields => _columns.Select(c => c.Field);

    /// <summary>Scores the rows of a batch.</summary>
    /// <exception cref="Data.DataException">A bad row, where these end the scoring.</exception>
    public ScoredPart Score(ColumnBatch batch)
    {
        var builders = _columns.ConvertAll(c => new ColumnBuilder(c.Field));
        var keep = new List<int>(batch.Rows);
        for (int from = 0; from < batch.Rows; from += _setup.BatchSize)
        {
            keep.AddRange(_rows.Encode(batch, from, Math.Min(batch.Rows, from + _setup.BatchSize)));
            Predict(builders);
        }

        Column[] columns = [.. _setup.Keep.Select(k => Renamed(ColumnRows.Select(batch[k], keep), k)), .. builders.Select(b => b.Build())];
        (long dropped, List<BadRow> bad) = _bad.TakeAll();
        return new ScoredPart(batch.Rows, keep.Count, dropped, bad, keep.Count == 0 ? null : new ColumnBatch(new Schema([.. columns.Select(c => c.Field)]), keep.Count, columns));
    }

    public void Dispose()
    {
        _program.Dispose();
        _rows.Dispose();
    }

    private unsafe void Predict(List<ColumnBuilder> builders)
    {
        if (_rows.Rows == 0)
        {
            return;
        }

        foreach ((string input, string column) in _model.Inputs)
        {
            if (_program.HasInput(input))
            {
                TensorView from = _rows.Column(column), to = _program.Input(input, _rows.Rows);
                if (from.DType != to.DType || from.Shape != to.Shape)
                {
                    throw new ModelFiles.ModelFileException($"[score] model input {input} is {to.DType}{to.Shape}, its feature {column} gives {from.DType}{from.Shape}; the model directory is not consistent");
                }

                long bytes = to.Count * to.DType.Size();
                Buffer.MemoryCopy(from.Data, to.Data, bytes, bytes);
            }
        }

        int* borders = stackalloc int[2] { 0, (int)_rows.Rows };
        _program.Run(_model.Model.Parameters.View.F32, _model.Model.Buffers.View.F32, new RowSegments(borders, 1));
        for (int c = 0; c < _columns.Count; c++)
        {
            TensorView output = _program.Output(_columns[c].Output);
            for (int r = 0; r < _rows.Rows; r++)
            {
                _columns[c].Append(builders[c], output, r);
            }
        }
    }

    /// <summary>The source's spelling of a column that the lake gave under the request's.</summary>
    private static Column Renamed(Column column, string name) =>
        column.Field.Name == name ? column : new Column(column.Field with { Name = name }, column.Rows, column.Validity, column.Values, column.Offsets, column.Children);
}
