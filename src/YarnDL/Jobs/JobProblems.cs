using System.Globalization;

namespace YarnDL.Jobs;

/// <summary>Collects what is wrong with a job, so that one run shows all of it.</summary>
internal sealed class JobProblems
{
    private const int Shown = 10;
    private readonly List<(JobPlace Place, string Text)> _all = [];

    public void Add(JobPlace place, string problem, string? more = null) => _all.Add((place, more is null ? problem : $"{problem.TrimEnd('?', '.')}{(problem.EndsWith('?') ? "?" : ";")} {more}"));

    /// <exception cref="JobException">Something was added: all of it in the order of the file, one line each.</exception>
    public void ThrowIfAny()
    {
        if (_all.Count == 0)
        {
            return;
        }

        IEnumerable<string> lines = _all.OrderBy(p => p.Place.Line).ThenBy(p => p.Place.Column).Take(Shown).Select(p => $"[job] {p.Place}: {p.Text}");
        string rest = _all.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $"\n[job] and {_all.Count - Shown} more") : "";
        throw new JobException(string.Join('\n', lines) + rest);
    }
}
