namespace YarnDL.ModelFiles.Onnx;

/// <summary>How a graph is written. KeepYarnDlOperators: for our own workers and checkpoints; else every node is standard ONNX or the export is refused.</summary>
public sealed record OnnxWriteOptions(bool KeepYarnDlOperators = false);
