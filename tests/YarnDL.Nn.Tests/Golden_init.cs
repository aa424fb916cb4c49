using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.Nn.Tests;

/// <summary>Initialisers: mean, deviation and bounds, or orthogonality. (The random numbers themselves belong to the tensors.)</summary>
public sealed class Golden_init
{
    [Fact]
    public void Statistics_and_properties_hold() => Golden.RunAll("init", Run, c => RandomNumbers.Contains(c.Op));

    /// <summary>What the tests of the tensors run.</summary>
    private static readonly string[] RandomNumbers =
    [
        "Philox4x32-10", "Philox4x32-7", "Philox4x32-8", "PhiloxStream", "UniformFloat24", "UniformOpen", "UniformRange",
        "NormalBoxMuller", "BoundedInt", "Permutation", "DropoutMask",
    ];

    private static bool Run(GoldenCase c)
    {
        if (Create(c) is not { } initialiser)
        {
            return false;
        }

        var shape = new Shape([.. c.Attr("shape").EnumerateArray().Select(e => e.GetInt64())]);
        var values = new float[shape.ElementCount];
        initialiser.Fill(values, shape, 42, 3);
        if (!c.Json.TryGetProperty("expect", out System.Text.Json.JsonElement expect))
        {
            Assert.Single(c.Outputs).Value.AssertClose(c.Name, values, c.Rtol, c.Atol);
            return true;
        }
        if (expect.TryGetProperty("property", out _))
        {
            Orthogonal(values, (int)shape[0], (int)shape.CountFrom(1), c.Number("gain"));
            return true;
        }

        double mean = values.Average(v => (double)v);
        double std = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        Assert.True(Math.Abs(mean - expect.GetProperty("mean").GetDouble()) <= expect.GetProperty("mean_tolerance").GetDouble(), $"mean {mean}");
        Assert.True(Math.Abs(std - expect.GetProperty("std").GetDouble()) <= expect.GetProperty("std_tolerance").GetDouble(), $"std {std}");
        if (expect.GetProperty("max_allowed").ValueKind != System.Text.Json.JsonValueKind.Null)
        {
            Assert.True(values.Max() <= (float)expect.GetProperty("max_allowed").GetDouble() && values.Min() >= (float)expect.GetProperty("min_allowed").GetDouble());
        }

        return true;
    }

    private static void Orthogonal(float[] w, int rows, int columns, double gain)
    {
        bool byRows = rows <= columns;
        int n = byRows ? rows : columns;
        int length = byRows ? columns : rows;
        for (int a = 0; a < n; a++)
        {
            for (int b = 0; b < n; b++)
            {
                double dot = 0;
                for (int k = 0; k < length; k++)
                {
                    dot += byRows ? (double)w[(a * columns) + k] * w[(b * columns) + k] : (double)w[(k * columns) + a] * w[(k * columns) + b];
                }

                Assert.Equal(a == b ? gain * gain : 0, dot, 1e-5);
            }
        }
    }

    private static Initialiser? Create(GoldenCase c) => c.Op switch
    {
        "XavierUniform" => Initialiser.XavierUniform(c.Number("gain", 1)),
        "XavierNormal" => Initialiser.XavierNormal(c.Number("gain", 1)),
        "KaimingUniform" => Initialiser.KaimingUniform(c.Number("a"), c.Text("mode") == "fan_out"),
        "KaimingNormal" => Initialiser.KaimingNormal(c.Number("a"), c.Text("mode") == "fan_out"),
        "TorchDefault" => Initialiser.KaimingUniform(Math.Sqrt(5)),
        "RandomUniform" => Initialiser.Uniform(c.Number("lower"), c.Number("upper")),
        "RandomNormal" => Initialiser.Normal(c.Number("mean"), c.Number("std")),
        "TruncatedNormal" => Initialiser.TruncatedNormal(c.Number("mean"), c.Number("std"), c.Number("cut")),
        "LecunNormal" => Initialiser.LecunNormal(),
        "Eye" => Initialiser.Identity,
        "BilinearFiller" => Initialiser.Bilinear,
        "Constant" => Initialiser.Constant((float)c.Number("value")),
        "Orthogonal" => Initialiser.Orthogonal(c.Number("gain", 1)),
        _ => null,
    };
}
