using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace YarnDL.Jobs;

/// <summary>A job as JSON (for registries and manifests) and back as text for people, secrets masked.</summary>
internal static class JobJson
{
    private static readonly string[] SecretWords = ["password", "passwd", "secret", "token", "credential", "accesskey", "access_key", "apikey", "api_key"];

    /// <summary>Plain numbers, true, false and null become such; all else is text.</summary>
    public static JsonNode? From(JobNode node, bool mask = false) => node switch
    {
        JobScalar s => Scalar(s),
        JobList l => new JsonArray([.. l.Items.Select(i => From(i, mask))]),
        JobMap m => Object(m, mask),
        _ => throw new InvalidOperationException(node.GetType().Name),
    };

    /// <summary>A map as a JSON object.</summary>
    public static JsonObject Object(JobMap map, bool mask = false)
    {
        JsonObject o = [];
        foreach (JobEntry e in map.Entries)
        {
            o[e.Key] = mask && IsSecret(e.Key) ? "***" : From(e.Value, mask);
        }

        return o;
    }

    /// <summary>True when the value of such a key must not be shown.</summary>
    public static bool IsSecret(string key) => Array.Exists(SecretWords, w => key.Contains(w, StringComparison.OrdinalIgnoreCase));

    /// <summary>The effective configuration as YAML, secrets masked.</summary>
    public static string ToYaml(JobMap map)
    {
        StringBuilder text = new();
        Write(map, 0, text, false);
        return text.ToString();
    }

    private static void Write(JobMap map, int indent, StringBuilder text, bool inList)
    {
        bool first = inList;
        foreach (JobEntry e in map.Entries)
        {
            text.Append(' ', first ? 0 : indent).Append(Quoted(e.Key, false)).Append(':');
            first = false;
            if (IsSecret(e.Key))
            {
                text.Append(" '***'\n");
            }
            else if (e.Value is JobMap { Entries.Count: > 0 } m)
            {
                text.Append('\n');
                Write(m, indent + 2, text, false);
            }
            else if (e.Value is JobList { Items: { Count: > 0 } items } && items.Any(i => i is JobMap))
            {
                text.Append('\n');
                foreach (JobNode item in items)
                {
                    text.Append(' ', indent + 2).Append("- ");
                    if (item is JobMap { Entries.Count: > 0 } im)
                    {
                        Write(im, indent + 4, text, true);
                    }
                    else
                    {
                        text.Append(Inline(item)).Append('\n');
                    }
                }
            }
            else
            {
                text.Append(' ').Append(Inline(e.Value)).Append('\n');
            }
        }
    }

    private static string Inline(JobNode node) => node switch
    {
        JobScalar s => Quoted(s.Text, s.Quoted),
        JobList l => $"[{string.Join(", ", l.Items.Select(Inline))}]",
        JobMap m => $"{{{string.Join(", ", m.Entries.Select(e => $"{Quoted(e.Key, false)}: {(IsSecret(e.Key) ? "'***'" : Inline(e.Value))}"))}}}",
        _ => throw new InvalidOperationException(node.GetType().Name),
    };

    private static string Quoted(string text, bool quoted)
    {
        bool plain = !quoted && text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "_-+./*".Contains(c, StringComparison.Ordinal)) && text[0] is not ('-' or '*' or '.')
            || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && !quoted;
        if (plain || (text.Length == 0 && !quoted))
        {
            return text;
        }

        return text.Any(char.IsControl) ? System.Text.Json.JsonSerializer.Serialize(text) : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static JsonValue? Scalar(JobScalar s)
    {
        if (s.Quoted)
        {
            return JsonValue.Create(s.Text);
        }

        if (s.IsNull)
        {
            return null;
        }

        if (s.Text is "true" or "false")
        {
            return JsonValue.Create(s.Text == "true");
        }

        if (long.TryParse(s.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n))
        {
            return JsonValue.Create(n);
        }

        return char.IsAsciiDigit(s.Text[^1]) | s.Text[^1] == '.' && double.TryParse(s.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double d) && double.IsFinite(d)
            ? JsonValue.Create(d)
            : JsonValue.Create(s.Text);
    }
}
