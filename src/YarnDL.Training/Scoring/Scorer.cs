using System.Diagnostics;
using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Graphs;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Training.Scoring;

/// <summary>Predictions for the rows of a table. They do not depend on batch size, threads or neighbours; their order is the order of the input.</summary>
public static class Scorer
{
    /// <summary>Scores a table and writes the predictions; nothing is visible before all are written.</summary>
    /// <exception cref="ModelFiles.ModelFileException">The model directory is refused.</exception>
    /// <exception cref="DataException">The table lacks a column, has no rows, or a row cannot be read.</exception>
    /// <exception cref="TrainingException">An output that the model does not have.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is written.</exception>
    public static ScoreResult Score(ScoreRequest request, ITrainingProgress progress, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        progress.Stage("reading the model");
        var model = ModelDirectory.Open(request.Store, request.ModelPath);
        FittedFeatures all = model.ReadFeatures();
        FittedFeatures features = all.WithoutLabels();
        (Graph graph, List<PredictionColumn> columns) = PredictionColumns.Of(model.Model.Graph, Classes.Of(model, all), request.Outputs);
        if (request.Target.Paths.Count > 0 && request.Lake.Overlap(request.Source, request.Target.Paths[0]) is { } own)
        {
            throw new TrainingException(TrainingFault.Job, $"[score] the predictions would go to {request.Target.Paths[0]}, where the input {own} lies; they must not change what is scored; give another output");
        }

        ILake lake = features.List.Over(request.Lake);
        Schema source = lake.Describe(request.Source);
        Field[] kept = [.. request.Keep.Select(k => source.Fields[source.IndexOf(k)])];
        var target = new Schema([.. kept, .. columns.Select(c => c.Field)]);
        if (target.Fields.Select(f => f.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() < target.Fields.Count)
        {
            throw new TrainingException(TrainingFault.Job, $"[score] two columns of the predictions have one name: {string.Join(", ", target.Fields.Select(f => f.Name))}; keep other columns, or ask for other outputs");
        }

        if (request.OnBadRow.Kind == BadRowKind.Quarantine && request.BadRowsPath is null)
        {
            throw new TrainingException(TrainingFault.Job, "[score] bad rows are to be set aside, and no file for them is given; give one, or drop them");
        }

        string[] places = lake.HasPlaces(request.Source) ? ["_file", "_row"] : [];
        string[] read = [.. features.List.Columns.Concat(request.Keep).Concat(places).Distinct(StringComparer.OrdinalIgnoreCase)];
        var badRows = new ScoringBadRows(request.OnBadRow, features.List.Columns, request.Keep);
        using var pool = new ComputePool(request.Threads > 0 ? request.Threads : Environment.ProcessorCount);
        using var program = new Program(graph, pool);
        using var rows = new TableRows(features, Math.Max(1, request.BatchSize), pool, badRows);
        using ITableWriter writer = lake.Write(request.Target, target, request.Mode);
        progress.Stage("scoring");
        long seen = 0, scored = 0;
        foreach (ColumnBatch batch in lake.Read(request.Source, new ReadRequest(read, request.Filter)))
        {
            var builders = columns.ConvertAll(c => new ColumnBuilder(c.Field));
            var keep = new List<int>(batch.Rows);
            for (int from = 0; from < batch.Rows; from += Math.Max(1, request.BatchSize))
            {
                cancellation.ThrowIfCancellationRequested();
                keep.AddRange(rows.Encode(batch, from, Math.Min(batch.Rows, from + Math.Max(1, request.BatchSize))));
                Predict(program, model, rows, columns, builders);
            }

            seen += batch.Rows;
            scored += keep.Count;
            if (keep.Count > 0)
            {
                writer.Write(new ColumnBatch(target, keep.Count, [.. kept.Select(k => Renamed(ColumnRows.Select(batch[k.Name], keep), k)), .. builders.Select(b => b.Build())]));
            }

            progress.Rows(seen, null);
        }

        long filtered = lake.CountFiltered(request.Source, request.Filter);
        if (seen == 0)
        {
            throw new DataException(DataFault.Empty, filtered > 0
                ? $"[score] no row is left to score: the filter leaves out all {filtered} rows of the source; correct the filter"
                : "[score] there is no input row; look at the path");
        }

        var ledger = new ScoreLedger(seen + filtered, scored, badRows.Quarantined, badRows.Dropped, filtered);
        if (!ledger.Balances)
        {
            throw new InvalidOperationException($"[score] the ledger does not balance: {ledger}");
        }

        writer.Commit();
        if (request.BadRowsPath is { } path)
        {
            badRows.Write(request.Store, path);
        }

        return new ScoreResult(ledger, clock.Elapsed.TotalSeconds, badRows.Quarantined > 0 ? request.BadRowsPath : null);
    }

    private static unsafe void Predict(Program program, ModelDirectory model, TableRows rows, List<PredictionColumn> columns, List<ColumnBuilder> builders)
    {
        if (rows.Rows == 0)
        {
            return;
        }

        foreach ((string input, string column) in model.Inputs)
        {
            if (program.HasInput(input))
            {
                TensorView from = rows.Column(column), to = program.Input(input, rows.Rows);
                if (from.DType != to.DType || from.Shape != to.Shape)
                {
                    throw new ModelFiles.ModelFileException($"[score] model input {input} is {to.DType}{to.Shape}, its feature {column} gives {from.DType}{from.Shape}; the model directory is not consistent");
                }

                long bytes = to.Count * to.DType.Size();
                Buffer.MemoryCopy(from.Data, to.Data, bytes, bytes);
            }
        }

        int* borders = stackalloc int[2] { 0, (int)rows.Rows };
        program.Run(model.Model.Parameters.View.F32, model.Model.Buffers.View.F32, new RowSegments(borders, 1));
        for (int c = 0; c < columns.Count; c++)
        {
            TensorView output = program.Output(columns[c].Output);
            for (int r = 0; r < rows.Rows; r++)
            {
                columns[c].Append(builders[c], output, r);
            }
        }
    }

    /// <summary>The source's spelling of a column that the lake gave under the request's.</summary>
    private static Column Renamed(Column column, Field field) =>
        column.Field.Name == field.Name ? column : new Column(field, column.Rows, column.Validity, column.Values, column.Offsets, column.Children);
}
