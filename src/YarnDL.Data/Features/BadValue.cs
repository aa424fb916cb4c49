namespace YarnDL.Data.Features;

/// <summary>Why a row could not be encoded: the column, what is wrong, and the value as text, cut to <see cref="LongestRaw"/> characters.</summary>
public sealed record BadValue(string Column, string Reason, string? Raw)
{
    public const int LongestRaw = 200;
}
