namespace YarnDL.ModelFiles;

/// <summary>A model file that is refused: file, place, what was seen, what must hold. Exit code 5.</summary>
public sealed class ModelFileException(string message, Exception? inner = null) : Exception(message, inner);
