namespace YarnDL.Training.ModelDirectories;

/// <summary>Names and version of the model directory (docs/model-directory.md).</summary>
internal static class ModelFormat
{
    public const string Name = "yarndl model";
    public const int Version = 1;
    public const string Manifest = "manifest.json";
    public const string Graph = "model.onnx";
    public const string Weights = "weights.safetensors";
    public const string Features = "features.json";
    public const string Card = "card.md";
    public const string Times = "times.json";
    public const string Optimizer = "optimizer.safetensors";
}
