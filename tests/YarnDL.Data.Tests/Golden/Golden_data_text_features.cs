using System.Text.Json;
using YarnDL.Data.Features;
using YarnDL.Testing;
using static YarnDL.Data.Tests.Encoding.TestBatches;
using static YarnDL.Data.Tests.Golden.FeatureCase;

namespace YarnDL.Data.Tests.Golden;

public sealed class Golden_data_text_features
{
    [Fact]
    public void Texts_are_cut_into_the_reference_tokens()
    {
        GoldenIndex index = new();
        GoldenSuite suite = new("golden data nlp tokens");
        int line = 0;
        foreach (JsonElement e in Lines(Path.Combine(index.Root, "nlp", "normalize_tokenize.jsonl")))
        {
            string text = e.GetProperty("text").GetString()!;
            suite.Run($"normalize_tokenize.jsonl:{++line}", () =>
                LowerCase.Of(text) != e.GetProperty("lower_invariant").GetString() ? $"lower case is {LowerCase.Of(text)}"
                : Differ(new Tokenizer("whitespace", lower: false).Tokens(text), Strings(e.GetProperty("whitespace")))
                ?? Differ(new Tokenizer("letters").Tokens(text), Strings(e.GetProperty("letters_only_lower")))
                ?? Differ(new Tokenizer("words").Tokens(text), Strings(e.GetProperty("words"))));
        }

        suite.NotYet("normalize_tokenize.jsonl, normal forms, case folding, accents, n-grams", "features of their own");
        suite.End();
    }

    [Theory]
    [InlineData("vocab_top0_max300_min2.json")]
    [InlineData("vocab_top10_max200_min5.json")]
    public void Vocabularies_and_padded_numbers_are_the_reference_ones(string file)
    {
        GoldenIndex index = new();
        GoldenSuite suite = new($"golden data nlp {file}");
        JsonElement golden = Json(Path.Combine(index.Root, "nlp", file));
        string[] messages = [.. File.ReadAllText(SharedFolder.Require("data", "SMSSpamCollection")).Split('\n').Where(l => l.Length > 0).Select(l => l.Split('\t', 2)[1])];
        var training = Batch(Texts("text", [.. messages.Where((_, i) => i % 2 == 0)]));
        TextFeature Feature(int length, string unknown, string truncate, string pad) => new("text", "text", length)
        {
            Split = "letters",
            MinCount = golden.GetProperty("minFreq").GetInt64(),
            Most = golden.GetProperty("maxWordsNum").GetInt32(),
            SkipFirst = golden.GetProperty("removeTopN").GetInt32(),
            Unknown = unknown,
            Truncate = truncate,
            Pad = pad,
        };
        var fitted = Fit(training, Feature(20, "drop", "post", "post"));
        suite.Run("index", () => Differ([.. fitted.StateOf(0)!["values"]!.AsArray().Select(v => v!.GetValue<string>())], [.. golden.GetProperty("index").EnumerateObject().OrderBy(p => p.Value.GetInt32()).Select(p => p.Name)]));
        JsonElement[] docs = [.. golden.GetProperty("docs").EnumerateArray()];
        var batch = Batch(Texts("text", [.. docs.Select(d => d.GetProperty("text").GetString())]));
        foreach (var (name, feature) in ((string, TextFeature)[])[
            ("len20_trunc_pre_pad_pre", Feature(20, "drop", "pre", "pre")), ("len20_trunc_pre_pad_post", Feature(20, "drop", "pre", "post")),
            ("len20_trunc_post_pad_pre", Feature(20, "drop", "post", "pre")), ("len20_trunc_post_pad_post", Feature(20, "drop", "post", "post")),
            ("drop_unknown", Feature(200, "drop", "post", "post")), ("unknown_0", Feature(200, "zero", "post", "post"))])
        {
            var rows = Encode<long>(new FittedFeatures(new FeatureList(feature), [fitted.StateOf(0)]), batch);
            for (int i = 0; i < docs.Length; i++)
            {
                long[] expected = [.. docs[i].GetProperty(name).EnumerateArray().Select(v => v.GetInt64())];
                long[] actual = rows[i]!;
                suite.Run($"{name}[{i}]", () => actual.AsSpan(0, Math.Min(actual.Length, expected.Length)).SequenceEqual(expected) && (actual.Length == expected.Length || !actual.AsSpan(expected.Length).ContainsAnyExcept(0L)) ? null : $"{string.Join(' ', actual)}, expected {string.Join(' ', expected)}");
            }
        }

        suite.End();
    }

    [Fact]
    public void Hashes_are_the_reference_ones()
    {
        GoldenIndex index = new();
        GoldenSuite suite = new("golden data nlp hashes");
        foreach (JsonElement e in Json(Path.Combine(index.Root, "nlp", "hashes.json")).GetProperty("terms").EnumerateArray())
        {
            byte[] bytes = e.GetProperty("utf8").GetBytesFromBase64();
            suite.Run(e.GetProperty("term").GetString()!, () => TextHash.Murmur3(bytes, 42) != e.GetProperty("murmur3_x86_32_seed42").GetInt32() ? "murmur3 differs"
                : TextHash.Bucket("murmur3", bytes, 1000) != e.GetProperty("hashing_tf_index_1000").GetInt64() || TextHash.Bucket("murmur3", bytes, 1 << 18) != e.GetProperty("hashing_tf_index_2e18").GetInt64() ? "the bucket differs" : null);
        }

        suite.End();
    }

    private static IEnumerable<JsonElement> Lines(string path) => File.ReadAllText(path).Split('\n').Where(l => l.Length > 0).Select(l => JsonDocument.Parse(l).RootElement.Clone());
}
