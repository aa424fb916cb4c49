using System.Globalization;
using System.Text.Json.Nodes;
using YarnDL.Data;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Digits;
using YarnDL.Jobs;
using YarnDL.Outcomes;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl demo</c>: tables, training, measurement, scoring.</summary>
internal static class DemoRun
{
    private const ulong Seed = 2026;
    private const long TrainRows = 12_000;
    private const long NewRows = 2_000;

    public static Outcome Run(CommandSession session, DemoRequest request)
    {
        string folder = Path.GetFullPath(request.Output);
        session.OutcomeFile = Path.Combine(folder, "outcome.json");
        LocalFileStore store = new();
        List<string> settings =
        [
            $"output={Quote(Path.Combine(request.Output, "run"))}",
            $"score.output={Quote(Path.Combine(request.Output, "predictions"))}",
        ];
        string example;
        if (request.IdxFolder is { } idx)
        {
            example = "idx.yaml";
            settings.AddRange(IdxFiles(idx));
        }
        else
        {
            example = "train.yaml";
            string digits = Path.Combine(request.Output, "digits.parquet");
            string more = Path.Combine(request.Output, "new.parquet");
            settings.AddRange([$"data.train={Quote(digits)}", $"score.input={Quote(more)}"]);
            session.Say(string.Create(CultureInfo.InvariantCulture, $"drawing {TrainRows + NewRows:#,0} digits"));
            store.MakeFolders(folder);
            EmbeddedLake lake = new();
            DigitTable.Write(lake, Parquet(digits), WriteMode.Overwrite, Seed, 0, TrainRows);
            DigitTable.Write(lake, Parquet(more), WriteMode.Overwrite, Seed, TrainRows, NewRows);
        }

        settings.AddRange(request.Settings);
        JobFile job = JobFile.Parse(Example(example), $"packaging/examples/digits/{example}", settings);
        JobBinding binding = new(job, null);
        // The demo begins anew each time; these two folders are its own, unless another demo is under way there.
        if (store.Stat(binding.Output) is not null)
        {
            FolderLock.Take(binding.Output).Dispose();
        }

        store.Delete(binding.Output);
        store.Delete(Path.Combine(folder, "predictions"));
        FitResult fit = TrainRun.Fit(session, binding, resume: false);
        Outcome trained = TrainRun.Tell(session, fit);
        if (trained.Code != ExitCode.Done)
        {
            return trained;
        }

        JsonObject fields = trained.Fields;
        JobMap score = job.Root.Map("score");
        string predictions = ScoreRun.Score(session, score, fit.Training.ModelPath!, binding, fields);
        session.Say("");
        session.Say($"table        {(request.IdxFolder is { } f ? Path.GetFullPath(f) : Path.Combine(folder, "digits.parquet"))}");
        session.Say($"model        {fit.Training.ModelPath}");
        session.Say($"predictions  {predictions}");
        session.Say($"report       {fit.Report}");
        return session.Done(fields);
    }

    /// <summary>The text of an example job, the same file as under packaging/examples/digits.</summary>
    public static string Example(string name)
    {
        using Stream s = typeof(DemoRun).Assembly.GetManifestResourceStream("digits/" + name) ?? throw new InvalidOperationException($"the example {name} is not in the assembly");
        using StreamReader reader = new(s);
        return reader.ReadToEnd();
    }

    /// <summary>MNIST's names: all four files, or the test pair alone, plain or gzipped.</summary>
    private static IEnumerable<string> IdxFiles(string folder)
    {
        string? Find(string name) => ((string[])[name, name + ".gz", name.Replace("-idx", ".idx", StringComparison.Ordinal)]).Select(n => Path.Combine(folder, n)).FirstOrDefault(File.Exists);
        string images = Find("t10k-images-idx3-ubyte") ?? throw Missing(folder, "t10k-images-idx3-ubyte");
        string labels = Find("t10k-labels-idx1-ubyte") ?? throw Missing(folder, "t10k-labels-idx1-ubyte");
        string test = $"[{Quote(images)}, {Quote(labels)}]";
        if (Find("train-images-idx3-ubyte") is { } trainImages && Find("train-labels-idx1-ubyte") is { } trainLabels)
        {
            return
            [
                $"data.train={{format: idx, path: [{Quote(trainImages)}, {Quote(trainLabels)}]}}", $"data.validation={{format: idx, path: {test}}}", $"score.input={{format: idx, path: {test}}}",
                "train.epochs=5",
            ];
        }

        return [$"data.train.path={test}", $"data.validation.path={test}", $"score.input.path={test}"];
    }

    private static DataException Missing(string folder, string name) =>
        new(DataFault.Input, $"[demo] {folder} holds no {name} (plain or .gz); give the folder of MNIST's idx files");

    private static TableSource Parquet(string path) => new() { Format = "parquet", Paths = [path] };

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
