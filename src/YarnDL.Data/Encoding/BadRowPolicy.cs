namespace YarnDL.Data.Encoding;

/// <summary>What happens to rows that cannot be encoded; <paramref name="Most"/> rows may be set aside in quarantine.</summary>
public sealed record BadRowPolicy(BadRowKind Kind, long Most = 1000)
{
    public static BadRowPolicy Fail { get; } = new(BadRowKind.Fail);

    public static BadRowPolicy Drop { get; } = new(BadRowKind.Drop);

    public static BadRowPolicy Quarantine(long most) => new(BadRowKind.Quarantine, most);
}
