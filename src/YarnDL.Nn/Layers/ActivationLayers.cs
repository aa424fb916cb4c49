namespace YarnDL.Nn;

/// <summary>Activations by name.</summary>
internal static class ActivationLayers
{
    public static void AddTo(Registry<Module> r)
    {
        r.Add(new("relu", "max(x, 0)", "relu", "float (4)", ""),
            o => new ReLU());
        r.Add(new("tanh", "hyperbolic tangent", "tanh", "float (4)", ""),
            o => new Tanh());
        r.Add(new("sigmoid", "1 / (1 + exp(-x))", "sigmoid", "float (4)", ""),
            o => new Sigmoid());
        r.Add(new("softmax", "exp(x) / sum(exp(x)). `axis` (-1)", "softmax", "float (4)", ""),
            o => new Softmax(checked((int)o.Int("axis", -1))));
        r.Add(new("logsoftmax", "log of softmax. `axis` (-1)", "logsoftmax", "float (4)", ""),
            o => new LogSoftmax(checked((int)o.Int("axis", -1))));
        r.Add(new("softmin", "softmax of -x. `axis` (-1)", "softmin", "float (4)", ""),
            o => new Softmin(checked((int)o.Int("axis", -1))));
        r.Add(new("gelu", "x times the normal distribution function of x. `approximate` (none, tanh)", "gelu", "float (4)", "Hendrycks and Gimpel 2016"),
            o => new GELU(o.Choice("approximate", "none", "none", "tanh") == "tanh"));
        r.Add(new("silu", "x sigmoid(x)", "silu", "float (4)", ""),
            o => new SiLU());
        r.Add(new("mish", "x tanh(softplus(x))", "mish", "float (4)", "Misra 2019"),
            o => new Mish());
        r.Add(new("elu", "x, or alpha (exp(x) - 1) below 0. `alpha` (1)", "elu", "float (4)", "Clevert et al. 2015"),
            o => new ELU(o.Number("alpha", 1)));
        r.Add(new("selu", "the self-normalising elu", "selu", "float (4)", "Klambauer et al. 2017"),
            o => new SELU());
        r.Add(new("celu", "max(0, x) + min(0, alpha (exp(x / alpha) - 1)). `alpha` (1)", "celu", "float (4)", "Barron 2017"),
            o => new CELU(o.Number("alpha", 1)));
        r.Add(new("leakyrelu", "x, or slope x below 0. `slope` (0.01)", "leakyrelu", "float (4)", ""),
            o => new LeakyReLU(o.Number("slope", 0.01)));
        r.Add(new("prelu", "x, or a learned slope times x below 0. `perChannel` (false)", "prelu", "float (3, 8, 8)", "He et al. 2015"),
            o => new PReLU(o.Flag("perChannel")));
        r.Add(new("rrelu", "x, or below 0 a slope times x that is random in training. `lower` (1/8), `upper` (1/3)", "rrelu", "float (4)", "Xu et al. 2015"),
            o => new RReLU(o.Number("lower", 0.125), o.Number("upper", 1.0 / 3)));
        r.Add(new("srelu", "straight lines in three parts, learned for each element", "srelu", "float (4)", "Jin et al. 2015"),
            o => new SReLU());
        r.Add(new("softplus", "log(1 + exp(beta x)) / beta. `beta` (1)", "softplus", "float (4)", ""),
            o => new Softplus(o.Number("beta", 1)));
        r.Add(new("softsign", "x / (1 + |x|)", "softsign", "float (4)", ""),
            o => new Softsign());
        r.Add(new("logsigmoid", "log of the sigmoid", "logsigmoid", "float (4)", ""),
            o => new LogSigmoid());
        r.Add(new("hardtanh", "x cut to `min` (-1) and `max` (1)", "hardtanh", "float (4)", ""),
            o => new Hardtanh(o.Number("min", -1), o.Number("max", 1)));
        r.Add(new("clamp", "x cut to `min` and `max` (both required)", "{type: clamp, min: 0, max: 1}", "float (4)", ""),
            o => new Hardtanh(o.Number("min"), o.Number("max")));
        r.Add(new("relu6", "x cut to 0 and 6", "relu6", "float (4)", ""),
            o => new ReLU6());
        r.Add(new("hardsigmoid", "slope x + offset cut to 0 and 1. `slope` (1/6), `offset` (0.5)", "hardsigmoid", "float (4)", ""),
            o => new Hardsigmoid(o.Number("slope", 1.0 / 6), o.Number("offset", 0.5)));
        r.Add(new("hardswish", "x times hardsigmoid(x)", "hardswish", "float (4)", "Howard et al. 2019"),
            o => new Hardswish());
        r.Add(new("hardshrink", "x beyond `bound` (0.5) on both sides, else 0", "hardshrink", "float (4)", ""),
            o => new Hardshrink(o.Number("bound", 0.5)));
        r.Add(new("softshrink", "x moved by `bound` (0.5) towards 0, and 0 within", "softshrink", "float (4)", ""),
            o => new Softshrink(o.Number("bound", 0.5)));
        r.Add(new("tanhshrink", "x - tanh(x)", "tanhshrink", "float (4)", ""),
            o => new Tanhshrink());
        r.Add(new("threshold", "x above `threshold`, else `value` (both required)", "{type: threshold, threshold: 0.1, value: 20}", "float (4)", ""),
            o => new Threshold(o.Number("threshold"), o.Number("value")));
        r.Add(new("thresholdedrelu", "x above `threshold` (1), else 0", "thresholdedrelu", "float (4)", ""),
            o => new ThresholdedReLU(o.Number("threshold", 1)));
        r.Add(new("binarythreshold", "1 above `threshold` (1e-6), else 0; no gradient", "binarythreshold", "float (4)", ""),
            o => new BinaryThreshold(o.Number("threshold", 1e-6)));
        r.Add(new("glu", "first half times sigmoid of the second. `axis` (-1)", "glu", "float (4)", "Dauphin et al. 2016"),
            o => new GLU(checked((int)o.Int("axis", -1))));
        r.Add(new("identity", "x itself", "identity", "float (4)", ""),
            o => new Identity());
        r.Add(new("abs", "absolute values", "abs", "float (4)", ""),
            o => new Elementwise("Abs"));
        r.Add(new("exp", "e to the power x", "exp", "float (4)", ""),
            o => new Elementwise("Exp"));
        r.Add(new("log", "natural logarithm", "log", "float (4)", ""),
            o => new Elementwise("Log"));
        r.Add(new("sqrt", "square root", "sqrt", "float (4)", ""),
            o => new Elementwise("Sqrt"));
        r.Add(new("square", "x squared", "square", "float (4)", ""),
            o => new Elementwise("Square"));
        r.Add(new("negative", "-x", "negative", "float (4)", ""),
            o => new Elementwise("Neg"));
        r.Add(new("reciprocal", "1 / x", "reciprocal", "float (4)", ""),
            o => new Elementwise("Reciprocal"));
        r.Add(new("erf", "error function", "erf", "float (4)", ""),
            o => new Elementwise("Erf"));
        r.Add(new("power", "(shift + scale x)^power. `power` (required), `scale` (1), `shift` (0)", "{type: power, power: 2}", "float (4)", ""),
            o => new Power(o.Number("power"), o.Number("scale", 1), o.Number("shift", 0)));
        r.Add(new("addconstant", "x plus `value` (required)", "{type: addconstant, value: 1}", "float (4)", ""),
            o => new AddConstant(o.Number("value")));
        r.Add(new("mulconstant", "x times `value` (required)", "{type: mulconstant, value: 2}", "float (4)", ""),
            o => new MulConstant(o.Number("value")));
        r.Add(new("gradientreversal", "x itself; what flows back times -lambda. `lambda` (1)", "gradientreversal", "float (4)", "Ganin and Lempitsky 2015"),
            o => new GradientReversal(o.Number("lambda", 1)));
    }
}
