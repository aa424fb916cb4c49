using YarnDL.Data.Files;

namespace YarnDL.Data.Tests.Files;

public sealed class FolderLockTests
{
    [Fact]
    public void A_folder_has_one_owner_at_a_time_and_nothing_stays_behind()
    {
        using TemporaryFolder folder = new();
        using (FolderLock first = FolderLock.Take(folder.Path))
        {
            Assert.Null(first.LeftBy);
            var e = Assert.Throws<FileStoreException>(() => FolderLock.Take(folder.Path + "/."));
            Assert.Equal(FileStoreFault.Busy, e.Fault);
            Assert.Contains("in use by", e.Message);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        FolderLock.Take(folder.Path).Dispose();
    }

    [Theory]
    [InlineData("{\"process\":17,\"host\":\"elsewhere\",\"since\":\"2020-01-01T00:00:00+00:00\"}", "process 17 on elsewhere, which began ")]
    [InlineData("", null)]
    [InlineData("not JSON", null)]
    public void The_file_of_an_owner_that_died_binds_nobody(string left, string? before)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, FolderLock.Name), left);
        using FolderLock taken = FolderLock.Take(folder.Path);
        Assert.Equal(before is null, taken.LeftBy is null);
        Assert.StartsWith(before ?? "", taken.LeftBy ?? "");
    }

    [Fact]
    public void A_folder_that_is_missing_is_told() =>
        Assert.Equal(FileStoreFault.Missing, Assert.Throws<FileStoreException>(() => FolderLock.Take("/nowhere/at/all")).Fault);
}
