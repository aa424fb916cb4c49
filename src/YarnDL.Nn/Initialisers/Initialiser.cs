using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Fills a parameter with its first values: a function of shape, seed and the parameter's ordinal only.</summary>
public abstract class Initialiser
{
    public static Initialiser Zeros { get; } = new ConstantInitialiser(0);

    public static Initialiser Ones { get; } = new ConstantInitialiser(1);

    /// <summary>The identity matrix.</summary>
    public static Initialiser Identity { get; } = new IdentityInitialiser();

    /// <summary>Kernels (.., .., height, width) with which a transposed convolution enlarges by bilinear interpolation.</summary>
    public static Initialiser Bilinear { get; } = new BilinearInitialiser();

    /// <summary>Initialisers by name, for <c>weightInit</c> and <c>biasInit</c>.</summary>
    public static Registry<Initialiser> All { get; } = new Registry<Initialiser>("initialiser")
        .Register("zeros", _ => Zeros)
        .Register("ones", _ => Ones)
        .Register("constant", o => Constant((float)o.Number("value")))
        .Register("uniform", o => Uniform(o.Number("low"), o.Number("high")))
        .Register("normal", o => Normal(o.Number("mean", 0), o.Number("std", 1)))
        .Register("truncatedNormal", o => TruncatedNormal(o.Number("mean", 0), o.Number("std", 1), o.Number("cut", 2)))
        .Register("xavierUniform", o => XavierUniform(o.Number("gain", 1)))
        .Register("xavierNormal", o => XavierNormal(o.Number("gain", 1)))
        .Register("kaimingUniform", o => KaimingUniform(o.Number("a", 0), o.Choice("fan", "in", "in", "out") == "out"))
        .Register("kaimingNormal", o => KaimingNormal(o.Number("a", 0), o.Choice("fan", "in", "in", "out") == "out"))
        .Register("lecunNormal", _ => LecunNormal())
        .Register("identity", _ => Identity)
        .Register("bilinear", _ => Bilinear)
        .Register("orthogonal", o => Orthogonal(o.Number("gain", 1)));

    public static Initialiser Constant(float value) => new ConstantInitialiser(value);

    /// <summary>Uniform in [low, high).</summary>
    public static Initialiser Uniform(double low, double high) => new UniformInitialiser(_ => (low, high));

    /// <summary>Normal with that mean and standard deviation.</summary>
    public static Initialiser Normal(double mean = 0, double std = 1) => new NormalInitialiser(_ => (mean, std), double.PositiveInfinity);

    /// <summary>Normal; values more than <paramref name="cut"/> standard deviations from the mean are drawn again.</summary>
    public static Initialiser TruncatedNormal(double mean = 0, double std = 1, double cut = 2) => new NormalInitialiser(_ => (mean, std), cut);

    /// <summary>Uniform in ±gain·sqrt(6 / (fan in + fan out)). Glorot and Bengio, 2010.</summary>
    public static Initialiser XavierUniform(double gain = 1) => new UniformInitialiser(s => Symmetric(gain * Math.Sqrt(6.0 / (Fans.In(s) + Fans.Out(s)))));

    /// <summary>Normal with standard deviation gain·sqrt(2 / (fan in + fan out)).</summary>
    public static Initialiser XavierNormal(double gain = 1) => new NormalInitialiser(s => (0, gain * Math.Sqrt(2.0 / (Fans.In(s) + Fans.Out(s)))), double.PositiveInfinity);

    /// <summary>Uniform in ±sqrt(6 / ((1 + a²)·fan)); a = 0 for ReLU. He et al., 2015.</summary>
    public static Initialiser KaimingUniform(double a = 0, bool fanOut = false) => new UniformInitialiser(s => Symmetric(Math.Sqrt(6.0 / ((1 + (a * a)) * Fan(s, fanOut)))));

    /// <summary>Normal with standard deviation sqrt(2 / ((1 + a²)·fan)).</summary>
    public static Initialiser KaimingNormal(double a = 0, bool fanOut = false) =>
        new NormalInitialiser(s => (0, Math.Sqrt(2.0 / ((1 + (a * a)) * Fan(s, fanOut)))), double.PositiveInfinity);

    /// <summary>Normal with standard deviation sqrt(1 / fan in). LeCun et al., 1998.</summary>
    public static Initialiser LecunNormal() => new NormalInitialiser(s => (0, Math.Sqrt(1.0 / Fans.In(s))), double.PositiveInfinity);

    /// <summary>Uniform in ±1/sqrt(fan in), with the fan given: PyTorch's biases.</summary>
    public static Initialiser FanInUniform(long fanIn) => new UniformInitialiser(_ => Symmetric(fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0));

    /// <summary>Rows (or columns, whichever are fewer) of the matrix [first extent, rest] are orthogonal with norm gain. Saxe et al., 2013.</summary>
    public static Initialiser Orthogonal(double gain = 1) => new OrthogonalInitialiser(gain);

    /// <summary>These numbers, in the order of the tensor: weights from elsewhere, pre-trained word vectors.</summary>
    public static Initialiser Copy(ReadOnlyMemory<float> numbers) => new CopyInitialiser(numbers);

    /// <summary>Fills <paramref name="values"/>, the elements of a tensor of that shape.</summary>
    /// <param name="values">Receives the numbers.</param>
    /// <param name="shape">Of the parameter.</param>
    /// <param name="seed">Of the training.</param>
    /// <param name="ordinal">Which parameter of the model, from 0.</param>
    public abstract void Fill(Span<float> values, Shape shape, ulong seed, int ordinal);

    internal static Initialiser? Find(SpecReader o, string key) => o.FindSpec(key) is { } spec ? All.Create(spec) : null;

    private static (double, double) Symmetric(double bound) => (-bound, bound);

    private static double Fan(Shape s, bool fanOut) => fanOut ? Fans.Out(s) : Fans.In(s);
}
