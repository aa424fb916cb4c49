namespace YarnDL.Nn;

/// <summary>A layer of a <see cref="LayerGraph"/>.</summary>
/// <param name="Name">What others call it by; also the path of its parameters.</param>
/// <param name="Layer">The layer; given twice, it runs twice with the same weights.</param>
/// <param name="Of">Names of earlier layers, or of inputs of the model: what it takes, in this order.</param>
public sealed record GraphLayer(string Name, Module Layer, params IReadOnlyList<string> Of);
