using YarnDL.Commands;
using YarnDL.Jobs;
using YarnDL.Testing;

namespace YarnDL.Tests.Jobs;

public sealed class JobSchemaTests
{
    private static readonly JobSpecs[] All = [JobSpecs.Features, JobSpecs.Models, JobSpecs.Layers, JobSpecs.Losses, JobSpecs.Optimizers, JobSpecs.Schedules, JobSpecs.Metrics, JobSpecs.Triggers, JobSpecs.StepFunctions];

    [Fact]
    public void Every_registered_name_is_documented_and_nothing_else()
    {
        foreach (JobSpecs specs in All)
        {
            Assert.Equal(specs.Names().Order(StringComparer.Ordinal), specs.Docs.Select(d => d.Name).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Every_documented_example_can_be_built()
    {
        foreach (JobSpecs specs in All)
        {
            foreach ((string name, _, string example) in specs.Docs)
            {
                JobProblems problems = new();
                specs.Check(JobText.Read(example, name), name, problems);
                problems.ThrowIfAny();
            }
        }
    }

    [Fact]
    public void The_job_file_page_is_what_the_schema_says() =>
        Assert.True(File.ReadAllText(Path.Combine(SharedFolder.Root, "docs", "job-file.md")) == JobReference.ToMarkdown(),
            "docs/job-file.md differs from the schema; write it again: ./yarndl job-file | sed '$d' > docs/job-file.md");

    [Theory]
    [InlineData("train.yaml")]
    [InlineData("idx.yaml")]
    public void The_examples_are_valid_and_the_same_in_the_assembly(string name)
    {
        string file = File.ReadAllText(Path.Combine(SharedFolder.Root, "packaging", "examples", "digits", name));
        Assert.Equal(file, DemoRun.Example(name));
        JobFile job = JobFile.Parse(file, name, []);
        Assert.NotEmpty(new JobBinding(job, null).Rows().Features.Columns);
    }
}
