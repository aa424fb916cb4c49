using YarnDL.Data.Files;

namespace YarnDL.Data.Tests.Files;

public sealed class LocalFileStoreTests : FileStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override IFileStore Store { get; } = new LocalFileStore();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_place_where_nobody_may_write_is_told_as_denied()
    {
        FileStoreException e = Assert.Throws<FileStoreException>(() => Store.Create("/sys/yarndl-test"));
        Assert.Equal(FileStoreFault.Denied, e.Fault);
        Assert.StartsWith("[file] cannot create /sys/yarndl-test: ", e.Message);
        Assert.Equal(FileStoreFault.Denied, Refused(() => Store.MakeFolders("/sys/yarndl-test/deeper")));
    }

    [Fact]
    public void A_full_disk_is_told_as_full()
    {
        // This device refuses every byte.
        using FileStream device = new("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        IOException e = Assert.ThrowsAny<IOException>(() => device.Write([1, 2, 3]));
        Assert.Equal(FileStoreFault.Full, FileFaults.FromException(e, "cannot write", "/dev/full").Fault);
        Assert.Contains("[file] cannot write /dev/full: ", FileFaults.FromException(e, "cannot write", "/dev/full").Message);
    }

    [Fact]
    public void Deleting_a_link_to_a_folder_keeps_the_folder()
    {
        Store.MakeFolders(At("real"));
        Put("real/x", [1]);
        Directory.CreateSymbolicLink(At("link"), At("real"));
        Store.Delete(At("link"));
        Assert.Equal([1], Get("real/x"));
        Assert.Null(Store.Stat(At("link")));
    }

    [Fact]
    public void A_file_used_as_a_folder_is_refused()
    {
        Put("f", [1]);
        FileStoreException e = Assert.Throws<FileStoreException>(() => Store.MakeFolders(At("f/g")));
        Assert.Contains(At("f"), e.Message);
        Assert.Throws<FileStoreException>(() => Store.Create(At("f/g")));
    }

    protected override string At(string name) => _folder[name];
}
