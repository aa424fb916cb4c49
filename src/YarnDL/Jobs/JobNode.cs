using System.Globalization;

namespace YarnDL.Jobs;

/// <summary>Where something of a job stands: file, line and column from 1; or an option such as <c>--set train.epochs</c>.</summary>
internal readonly record struct JobPlace(string Source, int Line = 0, int Column = 0)
{
    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}:{Column}";
}

/// <summary>A value of a job file with its place.</summary>
internal abstract record JobNode(JobPlace Place)
{
    /// <summary>What a user would call it, such as "a list".</summary>
    public abstract string Kind { get; }
}

/// <summary>A single value; quoted text is text whatever it looks like.</summary>
internal sealed record JobScalar(JobPlace Place, string Text, bool Quoted) : JobNode(Place)
{
    public override string Kind => Quoted ? $"the text \"{Shown}\"" : $"'{Shown}'";

    private string Shown => Text.Length > 80 ? Text[..77] + "..." : Text;

    public bool IsNull => !Quoted && Text is "" or "~" or "null";
}

/// <summary>Values in order.</summary>
internal sealed record JobList(JobPlace Place, IReadOnlyList<JobNode> Items) : JobNode(Place)
{
    public override string Kind => "a list";
}

/// <summary>A key with its place and value.</summary>
internal sealed record JobEntry(string Key, JobPlace Place, JobNode Value);

/// <summary>Keys and values in the order of the file.</summary>
internal sealed record JobMap(JobPlace Place, IReadOnlyList<JobEntry> Entries) : JobNode(Place)
{
    public override string Kind => "a map of keys";

    public JobNode? Find(string key) => Entries.FirstOrDefault(e => e.Key == key)?.Value;

    /// <summary>True when the key holds something.</summary>
    public bool Has(string key) => Find(key) is not (null or JobScalar { IsNull: true });

    /// <summary>The accessors below read what a schema has checked and completed.</summary>
    public string Text(string key) => ((JobScalar)Get(key)).Text;

    public string? TextOrNull(string key) => Has(key) ? Text(key) : null;

    public long Integer(string key) => long.Parse(Text(key).Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    public int Int(string key) => checked((int)Integer(key));

    public double Number(string key) => double.Parse(Text(key), CultureInfo.InvariantCulture);

    public bool Flag(string key) => Text(key) == "true";

    public JobMap Map(string key) => (JobMap)Get(key);

    public JobMap? MapOrNull(string key) => Has(key) ? Map(key) : null;

    public IReadOnlyList<JobNode> List(string key) => Has(key) ? ((JobList)Get(key)).Items : [];

    public IReadOnlyList<string> Texts(string key) => [.. List(key).Select(n => ((JobScalar)n).Text)];

    public IReadOnlyList<double> Numbers(string key) => [.. Texts(key).Select(t => double.Parse(t, CultureInfo.InvariantCulture))];

    private JobNode Get(string key) => Find(key) ?? throw new InvalidOperationException($"the job schema lets '{key}' be absent, the reader does not");
}
