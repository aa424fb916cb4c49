using System.Globalization;

namespace YarnDL.Jobs;

/// <summary>What a value of a job must be. Checking returns the value completed with defaults; what is wrong is collected, not thrown.</summary>
internal abstract class JobShape
{
    /// <summary>Stands for the key that a short form such as <c>optimizer: adam</c> means; only <see cref="JobSettings"/> makes it.</summary>
    public const string ShortKey = "\u0000short";

    /// <summary>What must be there, such as "a whole number from 1 to 9".</summary>
    public abstract string Describe();

    /// <summary>Checks and completes.</summary>
    public abstract JobNode Check(JobNode node, string path, JobProblems problems);

    protected JobNode Refuse(JobNode node, string path, JobProblems problems)
    {
        problems.Add(node.Place, $"{path} is {node.Kind}; it must be {Describe()}");
        return node;
    }
}

/// <summary>Text, or one of a few words.</summary>
internal sealed class TextShape(params string[] words) : JobShape
{
    /// <summary>True where "" is an answer, such as a CSV file without quotes.</summary>
    public bool MayBeEmpty { get; init; }

    public override string Describe() => words.Length == 0 ? "text" : words.Length == 1 ? $"the word {words[0]}" : $"one of {string.Join(", ", words)}";

    public override JobNode Check(JobNode node, string path, JobProblems problems)
    {
        if (node is not JobScalar { IsNull: false } s || (s.Text.Length == 0 && !MayBeEmpty))
        {
            return Refuse(node, path, problems);
        }

        if (words.Length > 0 && !words.Contains(s.Text, StringComparer.Ordinal))
        {
            problems.Add(node.Place, $"{path} is '{s.Text}'; it must be {Describe()}{NearestName.Hint(s.Text, words)}");
        }

        return node;
    }
}

/// <summary>A whole number within bounds.</summary>
internal sealed class IntegerShape(long min, long max) : JobShape
{
    public override string Describe() => (min, max) switch
    {
        (long.MinValue, long.MaxValue) => "a whole number",
        (_, long.MaxValue or int.MaxValue) => string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {min}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}"),
    };

    public override JobNode Check(JobNode node, string path, JobProblems problems) =>
        node is JobScalar { Quoted: false } s
        && long.TryParse(s.Text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long v) && v >= min && v <= max
            ? node
            : Refuse(node, path, problems);
}

/// <summary>A finite number within bounds.</summary>
internal sealed class NumberShape(double min, double max) : JobShape
{
    public override string Describe() => double.IsInfinity(min) && double.IsInfinity(max) ? "a number"
        : double.IsInfinity(max) ? string.Create(CultureInfo.InvariantCulture, $"a number of at least {min:R}")
        : string.Create(CultureInfo.InvariantCulture, $"a number from {min:R} to {max:R}");

    public override JobNode Check(JobNode node, string path, JobProblems problems) =>
        node is JobScalar { Quoted: false } s && double.TryParse(s.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double v)
        && double.IsFinite(v) && v >= min && v <= max
            ? node
            : Refuse(node, path, problems);
}

/// <summary>true or false.</summary>
internal sealed class FlagShape : JobShape
{
    public override string Describe() => "true or false";

    public override JobNode Check(JobNode node, string path, JobProblems problems) =>
        node is JobScalar { Quoted: false, Text: "true" or "false" } ? node : Refuse(node, path, problems);
}

/// <summary>A list; a single value is a list of one.</summary>
internal sealed class ListShape(JobShape item, int min = 0, int max = int.MaxValue, bool single = true) : JobShape
{
    public JobShape Item => item;

    public override string Describe() =>
        (min, max) switch
        {
            (0, int.MaxValue) => $"a list ({item.Describe()} each)",
            (1, int.MaxValue) => $"a list with at least one entry ({item.Describe()})",
            _ when min == max => string.Create(CultureInfo.InvariantCulture, $"a list of {min} ({item.Describe()} each)"),
            _ => string.Create(CultureInfo.InvariantCulture, $"a list of {min} to {max} ({item.Describe()} each)"),
        };

    public override JobNode Check(JobNode node, string path, JobProblems problems)
    {
        IReadOnlyList<JobNode> items = node is JobList list ? list.Items : [node];
        if ((node is not JobList && !single) || items.Count < min || items.Count > max)
        {
            return Refuse(node, path, problems);
        }

        return new JobList(node.Place, [.. items.Select((n, i) => item.Check(n, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), problems))]);
    }
}

/// <summary>A map whose keys are the user's own (column names, reader options), each value of one shape.</summary>
internal sealed class OpenShape(JobShape value) : JobShape
{
    public override string Describe() => $"a map from names to {value.Describe()}";

    public override JobNode Check(JobNode node, string path, JobProblems problems) => node is JobMap map
        ? map with { Entries = [.. map.Entries.Select(e => e with { Value = value.Check(e.Value, $"{path}.{e.Key}", problems) })] }
        : Refuse(node, path, problems);
}

/// <summary>A map of known keys. <paramref name="shortKey"/> is what a bare value stands for.</summary>
internal sealed class MapShape(string? shortKey, params JobKey[] keys) : JobShape
{
    public IReadOnlyList<JobKey> Keys => keys;

    public string? Short => shortKey;

    public override string Describe() => $"a map with the keys {string.Join(", ", keys.Select(k => k.Name))}" + (shortKey is null ? "" : $", or just the {shortKey}");

    public override JobNode Check(JobNode node, string path, JobProblems problems)
    {
        if (shortKey is not null && node is JobScalar { IsNull: false } or JobList)
        {
            node = shortKey is null ? node : new JobMap(node.Place, [new JobEntry(shortKey, node.Place, node)]);
        }

        if (node is not JobMap map)
        {
            return Refuse(node, path, problems);
        }

        List<JobEntry> done = [];
        foreach (JobEntry given in map.Entries)
        {
            JobEntry e = given.Key == ShortKey && shortKey is not null ? given with { Key = shortKey } : given;
            if (!Array.Exists(keys, k => k.Name == e.Key))
            {
                string[] names = [.. keys.Select(k => k.Name)];
                string? inner = keys.FirstOrDefault(k => k.Shape is MapShape m && m.Keys.Any(i => i.Name == e.Key))?.Name;
                string hint = inner is null ? NearestName.Hint(e.Key, names) : $"; did you mean '{(path.Length == 0 ? "" : path + ".")}{inner}.{e.Key}'?";
                problems.Add(e.Place, $"unknown key '{e.Key}'{(path.Length == 0 ? "" : $" in {path}")}{hint}", $"the keys are {string.Join(", ", names)}");
            }
        }

        foreach (JobKey key in keys)
        {
            string at = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
            JobEntry? e = map.Entries.LastOrDefault(x => x.Key == key.Name || (x.Key == ShortKey && key.Name == shortKey));
            if (e is not null && e.Value is not JobScalar { IsNull: true })
            {
                done.Add(new(key.Name, e.Place, key.Shape.Check(e.Value, at, problems)));
            }
            else if (key.Required)
            {
                problems.Add(e?.Place ?? map.Place, $"{at} is missing; it must be {key.Shape.Describe()}");
            }
            else if (key.Default is not null)
            {
                JobPlace place = new("default");
                done.Add(new(key.Name, place, key.Shape.Check(JobText.Read(key.Default, place.Source, fixedPlace: true), at, problems)));
            }
        }

        return map with { Entries = done };
    }
}

/// <summary>
/// A registered thing with options: a name, or <c>type: name</c> with options beside it. The registry checks the options.
/// With <paramref name="listOf"/>, a bare list is the thing of that name, the list its option <paramref name="listKey"/>.
/// </summary>
internal sealed class SpecShape(JobSpecs registry, string? listOf = null, string listKey = "layers") : JobShape
{
    public JobSpecs Registry => registry;

    public override string Describe() => $"{registry.Noun}: one of {string.Join(", ", registry.Names())}, alone or as type with its options" + (listOf is null ? "" : $", or a list of {listKey}");

    public override JobNode Check(JobNode node, string path, JobProblems problems)
    {
        if (listOf is not null && node is JobList { Items.Count: > 0 })
        {
            node = new JobMap(node.Place, [new("type", node.Place, new JobScalar(node.Place, listOf, Quoted: false)), new(listKey, node.Place, node)]);
        }

        if (node is JobMap map && map.Entries.Any(e => e.Key == ShortKey))
        {
            node = map with { Entries = [.. map.Entries.Select(e => e.Key == ShortKey ? e with { Key = "type" } : e)] };
        }

        if (node is JobScalar { IsNull: false } or JobMap)
        {
            registry.Check(node, path, problems);
            return node;
        }

        return Refuse(node, path, problems);
    }
}
