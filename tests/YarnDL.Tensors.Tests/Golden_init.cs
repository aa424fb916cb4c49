using System.Text.Json;
using YarnDL.Testing;

namespace YarnDL.Tensors.Tests;

/// <summary>The golden group init, as far as it is about random numbers; the initialisers themselves are tested where they live.</summary>
public sealed class Golden_init
{
    private static readonly string[] s_operators =
    [
        "Philox4x32-10", "Philox4x32-7", "Philox4x32-8", "PhiloxStream", "UniformFloat24", "UniformOpen", "UniformRange",
        "NormalBoxMuller", "BoundedInt", "Permutation", "DropoutMask",
    ];

    [Fact]
    public void Random_numbers_agree_with_every_golden_case()
    {
        var file = new GoldenFile(SharedFolder.RequireGolden("nn", "init.json"));
        int checkedCases = 0;
        var seen = new HashSet<string>();
        foreach (JsonElement c in file.Cases)
        {
            string op = c.GetProperty("op").GetString()!;
            if (s_operators.Contains(op))
            {
                Check(file, c, op);
                seen.Add(op);
                checkedCases++;
            }
        }

        Assert.Equal(s_operators.Length, seen.Count);
        Console.WriteLine($"golden init: {checkedCases} cases of random numbers run, the others by the tests of the initialisers");
    }

    private static void Check(GoldenFile file, JsonElement c, string op)
    {
        JsonElement attributes = c.GetProperty("attrs");
        switch (op)
        {
            case "Philox4x32-10" or "Philox4x32-7" or "Philox4x32-8":
                double[] counters = file.Read(c, "inputs", "counter");
                double[] keys = file.Read(c, "inputs", "key");
                int rounds = attributes.TryGetProperty("rounds", out JsonElement r) ? r.GetInt32() : Philox.Rounds;
                Compare(c, file.Read(c, "outputs", "words"), i =>
                {
                    int b = i / 4;
                    uint C(int k) => (uint)counters[(4 * b) + k];
                    return Philox.Block(C(0), C(1), C(2), C(3), (uint)keys[2 * b], (uint)keys[(2 * b) + 1], rounds)[i % 4];
                });
                break;
            case "PhiloxStream":
                // The stream's counter [block, 0, stream, 0] is ours with the stream in the epoch's place.
                Compare(c, file.Read(c, "outputs", "words"), i => Philox.Words(
                    attributes.GetProperty("seed").GetUInt64(), 0, attributes.GetProperty("stream").GetUInt32(), 0, 0, attributes.GetProperty("first_block").GetInt64() + (i / 4))[i % 4]);
                break;
            case "Permutation":
                var values = new int[attributes.GetProperty("n").GetInt32()];
                Philox.Permute(values, attributes.GetProperty("seed").GetUInt64(), 0, attributes.GetProperty("stream").GetUInt32(), 0);
                Compare(c, file.Read(c, "outputs", "permutation"), i => values[i]);
                break;
            default:
                FromWords(file, c, op, attributes, [.. file.Read(c, "inputs", "words").Select(w => (uint)w)]);
                break;
        }
    }

    private static void FromWords(GoldenFile file, JsonElement c, string op, JsonElement attributes, uint[] words)
    {
        double Number(string name) => attributes.GetProperty(name).GetDouble();
        switch (op)
        {
            case "UniformFloat24": Compare(c, file.Read(c, "outputs", "uniform"), i => Philox.Uniform(words[i])); break;
            case "UniformOpen": Compare(c, file.Read(c, "outputs", "uniform"), i => Philox.UniformOpen(words[i])); break;
            case "UniformRange":
                float low = (float)Number("lo");
                float width = (float)(Number("hi") - Number("lo"));
                Compare(c, file.Read(c, "outputs", "uniform"), i => MathF.FusedMultiplyAdd(width, Philox.Uniform(words[i]), low));
                break;
            case "NormalBoxMuller":
                Compare(c, file.Read(c, "outputs", "normal"), i =>
                {
                    (double first, double second) = Philox.Normals(words[i & ~1], words[i | 1]);
                    return i % 2 == 0 ? first : second;
                });
                break;
            case "BoundedInt": Compare(c, file.Read(c, "outputs", "value"), i => Philox.Bounded(words[i], (uint)Number("n"))); break;
            case "DropoutMask": Compare(c, file.Read(c, "outputs", "mask"), i => Philox.Uniform(words[i]) >= Number("ratio") ? 1 : 0); break;
        }
    }

    private static void Compare(JsonElement c, double[] expected, Func<int, double> actual)
    {
        double relative = c.GetProperty("rtol").GetDouble();
        double absolute = c.GetProperty("atol").GetDouble();
        Assert.NotEmpty(expected);
        for (int i = 0; i < expected.Length; i++)
        {
            double got = actual(i);
            Assert.True(Math.Abs(got - expected[i]) <= absolute + (relative * Math.Abs(expected[i])), $"{c.GetProperty("name")}: element {i} is {got:R}, expected {expected[i]:R}");
        }
    }
}
