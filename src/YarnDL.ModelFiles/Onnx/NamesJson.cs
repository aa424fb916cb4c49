using System.Text.Json.Serialization;

namespace YarnDL.ModelFiles.Onnx;

/// <summary>Lists of names in metadata, without reflection.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class NamesJson : JsonSerializerContext;
