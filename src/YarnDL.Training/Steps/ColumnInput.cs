namespace YarnDL.Training.Steps;

/// <summary>A graph input that is filled from an encoded column.</summary>
public sealed record ColumnInput(string Input, string Column);
