namespace YarnDL.Graphs;

/// <summary>A value given to a run that the graph cannot take, such as a label that is no class: the message names operator, row and remedy.</summary>
public sealed class InputValueException(string message, long row) : Exception(message)
{
    /// <summary>Row of the run, from 0.</summary>
    public long Row { get; } = row;
}
