using System.Text;
using YarnDL.Jobs;

namespace YarnDL.Tests.Jobs;

public sealed class JobTextTests
{
    [Theory]
    [InlineData("a: [1", "job.yaml:")]
    [InlineData("a: 1\na: 2", "job.yaml:2:1: 'a' stands twice; the first is at job.yaml:1:1")]
    [InlineData("a: !!binary x", "tag")]
    [InlineData("a: 1\n---\nb: 2", "a second document begins")]
    [InlineData("a: *nothing", "")]
    [InlineData("? [1, 2]\n: 3", "a key must be a word")]
    [InlineData("", "the file is empty")]
    public void Yaml_that_cannot_be_a_job_is_refused(string yaml, string message) =>
        Assert.Contains(message, Assert.Throws<JobException>(() => JobText.Read(yaml, "job.yaml")).Message);

    [Fact]
    public void Anchors_and_merge_keys_are_followed()
    {
        var map = (JobMap)JobText.Read("base: &b {x: 1, y: 2}\nuse: {<<: *b, y: 3}\nsame: *b", "job.yaml");
        Assert.Equal("3", map.Map("use").Text("y"));
        Assert.Equal("1", map.Map("use").Text("x"));
        Assert.Equal("2", map.Map("same").Text("y"));
    }

    [Fact]
    public void Aliases_that_multiply_are_stopped()
    {
        StringBuilder yaml = new("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++)
        {
            yaml.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Assert.Contains("more than 20000 values", Assert.Throws<JobException>(() => JobText.Read(yaml.ToString(), "job.yaml")).Message);
    }

    [Fact]
    public void Deep_nesting_is_stopped()
    {
        string yaml = new string('[', 500) + new string(']', 500);
        Assert.Contains("nested more than 32 deep", Assert.Throws<JobException>(() => JobText.Read(yaml, "job.yaml")).Message);
    }

    [Fact]
    public void A_huge_file_is_refused_before_it_is_parsed() =>
        Assert.Contains("a job file has at most", Assert.Throws<JobException>(() => JobText.Read(new string('x', JobText.MaxBytes + 1), "job.yaml")).Message);
}
