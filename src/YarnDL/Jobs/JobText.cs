using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace YarnDL.Jobs;

/// <summary>Reads YAML into nodes with places. One document, no tags, bounded in bytes, depth and nodes (aliases counted as often as they are used).</summary>
internal sealed class JobText
{
    public const int MaxBytes = 1 << 20;
    public const int MaxDepth = 32;
    public const int MaxNodes = 20_000;

    private readonly Parser _parser;
    private readonly string _source;
    private readonly bool _fixedPlace;
    private readonly Dictionary<string, (JobNode Node, int Size)> _anchors = [];
    private int _nodes;

    private JobText(string text, string source, bool fixedPlace)
    {
        _parser = new Parser(new StringReader(text));
        (_source, _fixedPlace) = (source, fixedPlace);
    }

    /// <summary>Reads a job file's text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">The name that places start with.</param>
    /// <param name="fixedPlace">True for the value of an option: places are the source alone.</param>
    /// <exception cref="JobException">Not YAML, or beyond the limits.</exception>
    public static JobNode Read(string text, string source, bool fixedPlace = false)
    {
        if (text.Length > MaxBytes)
        {
            throw new JobException($"[job] {source}: {text.Length} characters; a job file has at most {MaxBytes}; put large tables into files and name them");
        }

        JobText reader = new(text, source, fixedPlace);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException e)
        {
            string why = (e.InnerException ?? e).Message.ReplaceLineEndings(" ");
            throw new JobException($"[job] {reader.PlaceOf(e.Start)}: this is not YAML: {Trimmed(why)}; check indentation, colons and quotes there", e);
        }
        catch (InvalidOperationException e)
        {
            // The parser ends so on some malformed texts.
            throw new JobException($"[job] {reader.PlaceOf(reader._parser.Current?.Start ?? Mark.Empty)}: this is not YAML; check indentation, colons and quotes there", e);
        }
    }

    private static string Trimmed(string why) => why.TrimEnd('.', ' ');

    private JobPlace PlaceOf(Mark m) => _fixedPlace ? new(_source) : new(_source, (int)m.Line, (int)m.Column);

    private JobNode ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            throw new JobException($"[job] {_source}: the file is empty; a job needs at least version, data, model and output; see yarndl job-file");
        }

        _parser.Consume<DocumentStart>();
        JobNode root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.TryConsume<StreamEnd>(out _))
        {
            throw new JobException($"[job] {PlaceOf(_parser.Current!.Start)}: a second document begins; a job file holds one");
        }

        return root;
    }

    private JobNode ReadNode(int depth)
    {
        ParsingEvent e = _parser.Current ?? (_parser.MoveNext() ? _parser.Current! : throw new JobException($"[job] {_source}: the file ends early"));
        JobPlace place = PlaceOf(e.Start);
        if (depth > MaxDepth)
        {
            throw new JobException($"[job] {place}: nested more than {MaxDepth} deep; no key of a job file needs that");
        }

        Count(1, place);
        if (_parser.Current is AnchorAlias alias)
        {
            _parser.MoveNext();
            if (!_anchors.TryGetValue(alias.Value.Value, out (JobNode Node, int Size) target))
            {
                throw new JobException($"[job] {place}: *{alias.Value} names no anchor that is complete before it");
            }

            Count(target.Size, place);
            return target.Node;
        }

        int before = _nodes;
        NodeEvent start = _parser.Current as NodeEvent ?? throw new JobException($"[job] {place}: a value was expected");
        if (!start.Tag.IsEmpty)
        {
            throw new JobException($"[job] {place}: tag {start.Tag}; job files use plain YAML without tags");
        }

        JobNode node = start switch
        {
            Scalar => ReadScalar(place),
            SequenceStart => ReadList(place, depth),
            _ => ReadMap(place, depth),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = (node, _nodes - before);
        }

        return node;
    }

    private JobScalar ReadScalar(JobPlace place)
    {
        Scalar s = _parser.Consume<Scalar>();
        return new(place, s.Value, s.Style != ScalarStyle.Plain);
    }

    private JobList ReadList(JobPlace place, int depth)
    {
        _parser.Consume<SequenceStart>();
        List<JobNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new(place, items);
    }

    private JobMap ReadMap(JobPlace place, int depth)
    {
        _parser.Consume<MappingStart>();
        List<JobEntry> own = [];
        List<JobEntry> merged = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            JobPlace keyPlace = PlaceOf(_parser.Current!.Start);
            if (_parser.Current is not Scalar key)
            {
                throw new JobException($"[job] {keyPlace}: a key must be a word, not a list or a map");
            }

            _parser.MoveNext();
            JobNode value = ReadNode(depth + 1);
            if (key.Value == "<<" && key.Style == ScalarStyle.Plain)
            {
                Merge(value, keyPlace, merged);
            }
            else if (own.FirstOrDefault(o => o.Key == key.Value) is { } first)
            {
                throw new JobException($"[job] {keyPlace}: '{key.Value}' stands twice; the first is at {first.Place}; keep one");
            }
            else
            {
                own.Add(new(key.Value, keyPlace, value));
            }
        }

        own.AddRange(merged.Where(m => !own.Exists(o => o.Key == m.Key)).ToArray());
        return new(place, own);
    }

    private void Merge(JobNode value, JobPlace place, List<JobEntry> into)
    {
        IReadOnlyList<JobNode> parts = value is JobList list ? list.Items : [value];
        foreach (JobNode part in parts)
        {
            if (part is not JobMap map)
            {
                throw new JobException($"[job] {place}: << merges maps; this is {part.Kind}");
            }

            Count(map.Entries.Count, place);
            into.AddRange(map.Entries.Where(e => !into.Exists(o => o.Key == e.Key)).ToArray());
        }
    }

    private void Count(int more, JobPlace place)
    {
        _nodes += more;
        if (_nodes > MaxNodes)
        {
            throw new JobException($"[job] {place}: more than {MaxNodes} values (aliases count as often as they are used); a job file needs far fewer");
        }
    }
}
