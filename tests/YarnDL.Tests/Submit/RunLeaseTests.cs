using YarnDL.Commands;
using YarnDL.Data.Files;

namespace YarnDL.Tests.Submit;

public sealed class RunLeaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("yarndl-lease-").FullName;
    private readonly LocalFileStore _store = new();

    private string Output => Path.Combine(_folder, "run");

    [Fact]
    public void Of_two_runs_at_once_the_later_is_refused_by_name()
    {
        using RunLease first = RunLease.Take(_store, Output, "application_1");
        FileStoreException e = Assert.Throws<FileStoreException>(() => RunLease.Take(_store, Output, "application_2"));
        Assert.Equal(FileStoreFault.Busy, e.Fault);
        Assert.Contains("is being worked on by application_1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_left_after_a_run_and_another_may_follow()
    {
        RunLease.Take(_store, Output, "a").Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
        using RunLease next = RunLease.Take(_store, Output, "b");
        Assert.False(next.WasBegun);
    }

    [Fact]
    public void Another_attempt_takes_over_at_once_and_continues_only_what_was_begun()
    {
        using RunLease first = RunLease.Take(_store, Output, "application_1");
        using (RunLease second = RunLease.Take(_store, Output, "application_1"))
        {
            Assert.False(second.WasBegun);
            second.Begin();
            using RunLease third = RunLease.Take(_store, Output, "application_1");
            Assert.True(third.WasBegun);
        }
    }

    [Fact]
    public void A_lease_that_was_not_renewed_for_a_minute_is_free()
    {
        File.WriteAllText(Output + ".lease-7", """{"owner":"application_1","since":"yesterday"}""");
        File.SetLastWriteTimeUtc(Output + ".lease-7", DateTime.UtcNow - RunLease.Holds - TimeSpan.FromSeconds(1));
        using RunLease lease = RunLease.Take(_store, Output, "application_2");
        Assert.Equal([Output + ".lease-8"], Directory.GetFiles(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
