namespace YarnDL.Nn;

/// <summary>Networks by name, for <c>model: {type: lenet5, ...}</c>.</summary>
public static class ModelRegistry
{
    /// <summary>The names; add your own by <see cref="Registry{T}.Register"/>.</summary>
    public static Registry<Module> All { get; } = new Registry<Module>("model")
        .Register("lenet5", o => new LeNet5(o.Int("classes", 10), o.Choice("activation", "tanh", "tanh", "relu", "sigmoid"), o.Choice("pool", "max", "max", "average")))
        .Register("mlp", o => new Mlp(o.Int("outputs"), o.FindInts("hidden") ?? [], o.Choice("activation", "relu", "relu", "tanh", "sigmoid")))
        .Register("sequential", LayerRegistry.Sequence);

    /// <summary>The network.</summary>
    /// <exception cref="SpecException">The name or an option is unknown, or a value does not fit.</exception>
    public static Module Create(Spec spec) => All.Create(spec);
}
