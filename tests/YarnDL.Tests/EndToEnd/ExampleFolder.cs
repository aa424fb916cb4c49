using System.Globalization;
using System.Security.Cryptography;
using YarnDL.Testing;

namespace YarnDL.Tests.EndToEnd;

/// <summary>The example jobs of packaging/examples, with tiny generated tables in the place of the real ones.</summary>
public sealed class ExampleFolder : IDisposable
{
    private const int Messages = 160;
    private const int People = 240;
    private const int HalfHours = 500;
    private const int Images = 96;

    private uint _state = 7;

    public ExampleFolder()
    {
        Folder = Directory.CreateTempSubdirectory("yarndl-examples-").FullName;
        WriteMessages();
        WritePeople();
        WriteTaxi();
        WriteImages();
    }

    public string Folder { get; }

    /// <summary>Runs an example with settings that make it small.</summary>
    internal CliResult Train(string example, string output, params string[] settings)
    {
        string job = Path.Combine(SharedFolder.Root, "packaging", "examples", example, "train.yaml");
        string[] all = [.. Small(example), "gate=null", $"output={output}", .. settings];
        return Cli.Run(Folder, ["train", job, .. all.SelectMany(s => new[] { "--set", s })]);
    }

    internal string WeightsHash(string output) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, output, "model", "weights.safetensors"))));

    public void Dispose() => Directory.Delete(Folder, true);

    private static string[] Small(string example) => example switch
    {
        "sms" => ["data.train.path=sms.tsv", "data.validation.path=sms.tsv", "data.train.filter=_row < 120", "data.validation.filter=_row >= 120", "features.0.length=12", "model.width=8", "model.filters=8", "train.epochs=2", "train.batchSize=32"],
        "adult" => ["data.train.path=adult.data", "data.validation.path=adult.data", "data.train.filter=_row < 180", "data.validation.filter=_row >= 180", "train.epochs=1", "train.batchSize=64"],
        "taxi" => ["data.tables.taxi.path=taxi.csv", "data.train.filter=turn is not null and timestamp < timestamp '2014-07-10'", "data.validation.filter=timestamp >= timestamp '2014-07-09 12:00:00'", "data.series.length=12", "model.hidden=[8]", "train.epochs=2", "train.batchSize=32"],
        _ => ["data.train.path=[images-idx3-ubyte, labels-idx1-ubyte]", "data.validation.path=[images-idx3-ubyte, labels-idx1-ubyte]", "data.train.filter=_row < 64", "data.validation.filter=_row >= 64", "train.epochs=1", "train.batchSize=32"],
    };

    private int Next(int below) => (int)((_state = unchecked((_state * 1_664_525) + 1_013_904_223)) >> 8) % below;

    private void WriteMessages()
    {
        string[] spam = ["free", "WIN", "prize", "call", "0800123", "now", "claim"], ham = ["home", "later", "ok", "see", "you", "\"dinner\"", "größe", "love"];
        string[] lines = [.. Enumerable.Range(0, Messages).Select(i =>
        {
            bool bad = i % 3 == 0;
            return $"{(bad ? "spam" : "ham")}\t{string.Join(' ', Enumerable.Range(0, 3 + Next(9)).Select(_ => bad && Next(3) > 0 ? spam[Next(spam.Length)] : ham[Next(ham.Length)]))} {i}!";
        })];
        Write("sms.tsv", lines);
        Write("sms-reversed.tsv", lines.Reverse());
        for (int part = 0; part < 3; part++)
        {
            Write($"sms-{part}.tsv", lines.Where((_, i) => i % 3 == part));
        }
    }

    private void WritePeople()
    {
        string[] work = ["Private", "State-gov", "?"], school = ["Bachelors", "HS-grad", "Masters"], jobs = ["Sales", "Tech-support", "Craft-repair"];
        Write("adult.data", Enumerable.Range(0, People).Select(i =>
        {
            int e = Next(3), age = 17 + Next(60);
            bool rich = e + (age / 30) > 2 != (Next(8) == 0);
            return string.Join(", ", age, work[Next(3)], 10_000 + Next(90_000), school[e], 9 + e, "Never-married", jobs[Next(3)], "Husband", "White", Next(2) == 0 ? "Male" : "Female", Next(5) == 0 ? Next(9000) : 0, 0, 20 + Next(40), "United-States", rich ? ">50K" : "<=50K");
        }));
    }

    private void WriteTaxi()
    {
        string[] rows = [.. Enumerable.Range(0, HalfHours).Select(i => string.Create(CultureInfo.InvariantCulture, $"{new DateTime(2014, 7, 1).AddMinutes(30 * i):yyyy-MM-dd HH:mm:ss},{10_000 + (200 * (i % 48)) + Next(500)}"))];
        Write("taxi.csv", rows.Prepend("timestamp,value"));
        Write("taxi-reversed.csv", rows.Reverse().Prepend("timestamp,value"));
        Write("taxi-a.csv", rows.Where((_, i) => i % 2 == 0).Prepend("timestamp,value"));
        Write("taxi-b.csv", rows.Where((_, i) => i % 2 == 1).Prepend("timestamp,value"));
    }

    /// <summary>A bright bar whose place is the label.</summary>
    private void WriteImages()
    {
        byte[] images = new byte[16 + (Images * 784)], labels = new byte[8 + Images];
        new byte[] { 0, 0, 8, 3, 0, 0, 0, Images, 0, 0, 0, 28, 0, 0, 0, 28 }.CopyTo(images, 0);
        new byte[] { 0, 0, 8, 1, 0, 0, 0, Images }.CopyTo(labels, 0);
        for (int i = 0; i < Images; i++)
        {
            labels[8 + i] = (byte)(i % 10);
            for (int p = 0; p < 784; p++)
            {
                images[16 + (784 * i) + p] = (byte)(p % 28 / 3 == i % 10 ? 200 + Next(56) : Next(60));
            }
        }

        File.WriteAllBytes(Path.Combine(Folder, "images-idx3-ubyte"), images);
        File.WriteAllBytes(Path.Combine(Folder, "labels-idx1-ubyte"), labels);
    }

    private void Write(string name, IEnumerable<string> lines) => File.WriteAllText(Path.Combine(Folder, name), string.Concat(lines.Select(l => l + "\n")));
}
