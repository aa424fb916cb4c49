using YarnDL.Data.Files;

namespace YarnDL.Data.Tests.Files;

/// <summary>What every file store must do; a store's test class derives from this.</summary>
public abstract class FileStoreContract
{
    protected abstract IFileStore Store { get; }

    /// <summary>A path inside an empty folder of this test.</summary>
    protected abstract string At(string name);

    [Fact]
    public void A_created_file_is_read_back_and_its_stat_tells_its_length()
    {
        Put("a.bin", [1, 2, 3]);
        using Stream read = Store.OpenRead(At("a.bin"));
        Assert.True(read.CanSeek);
        read.Seek(1, SeekOrigin.Begin);
        Assert.Equal(2, read.ReadByte());
        FileStat stat = Store.Stat(At("a.bin"))!;
        Assert.Equal((3L, false), (stat.Bytes, stat.IsFolder));
        Assert.Equal(At("a.bin"), stat.Path);
    }

    [Fact]
    public void Creating_an_existing_file_is_refused_and_leaves_it_alone()
    {
        Put("a", [7]);
        Assert.Equal(FileStoreFault.Exists, Refused(() => Store.Create(At("a"))));
        Assert.Equal([7], Get("a"));
    }

    [Fact]
    public void A_missing_file_is_told_as_missing()
    {
        Assert.Null(Store.Stat(At("none")));
        Assert.Equal(FileStoreFault.Missing, Refused(() => Store.OpenRead(At("none"))));
        Assert.Equal(FileStoreFault.Missing, Refused(() => Store.Rename(At("none"), At("other"))));
        Assert.Equal(FileStoreFault.Missing, Refused(() => Store.Touch(At("none"))));
        Assert.Equal(FileStoreFault.Missing, Refused(() => Store.Create(At("no-folder/file"))));
        Store.Delete(At("none"));
    }

    [Fact]
    public void Renaming_onto_a_file_is_refused_and_both_stay()
    {
        Put("a", [1]);
        Put("b", [2]);
        Assert.Equal(FileStoreFault.Exists, Refused(() => Store.Rename(At("a"), At("b"))));
        Assert.Equal([1], Get("a"));
        Assert.Equal([2], Get("b"));
        Store.Rename(At("a"), At("c"));
        Assert.Null(Store.Stat(At("a")));
        Assert.Equal([1], Get("c"));
    }

    [Fact]
    public void Renaming_a_folder_onto_a_folder_is_refused_even_when_that_is_empty()
    {
        Store.MakeFolders(At("from"));
        Put("from/x", [1]);
        Store.MakeFolders(At("to"));
        Assert.Equal(FileStoreFault.Exists, Refused(() => Store.Rename(At("from"), At("to"))));
        Store.Rename(At("from"), At("new"));
        Assert.Equal([1], Get("new/x"));
        Assert.Null(Store.Stat(At("from")));
    }

    [Fact]
    public async Task Of_two_renames_onto_one_name_exactly_one_wins()
    {
        for (int i = 0; i < 20; i++)
        {
            Put($"a{i}", [1]);
            Put($"b{i}", [2]);
            bool[] won = await Task.WhenAll(Task.Run(() => Try($"a{i}", $"t{i}")), Task.Run(() => Try($"b{i}", $"t{i}")));
            Assert.NotEqual(won[0], won[1]);
            Assert.Equal([(byte)(won[0] ? 1 : 2)], Get($"t{i}"));
        }

        bool Try(string from, string to)
        {
            try
            {
                Store.Rename(At(from), At(to));
                return true;
            }
            catch (FileStoreException e) when (e.Fault == FileStoreFault.Exists)
            {
                return false;
            }
        }
    }

    [Fact]
    public void Replacing_puts_one_file_over_another_and_refuses_folders()
    {
        Put("a", [1]);
        Put("b", [2]);
        Store.Replace(At("a"), At("b"));
        Assert.Equal([1], Get("b"));
        Assert.Null(Store.Stat(At("a")));
        Put("c", [3]);
        Store.Replace(At("c"), At("fresh"));
        Assert.Equal([3], Get("fresh"));
        Store.MakeFolders(At("folder"));
        Assert.Equal(FileStoreFault.Broken, Refused(() => Store.Replace(At("b"), At("folder"))));
    }

    [Fact]
    public void A_listing_has_direct_children_only_in_ordinal_order()
    {
        Store.MakeFolders(At("l/inner"));
        Put("l/b", [1]);
        Put("l/B", [1, 2]);
        Put("l/inner/deep", [1]);
        Assert.Equal([At("l/B"), At("l/b"), At("l/inner")], Store.List(At("l")).Select(static s => s.Path));
        Assert.True(Store.List(At("l"))[2].IsFolder);
        Assert.Empty(Store.List(At("none")));
    }

    [Fact]
    public void Touching_moves_the_time_of_the_last_change_forward()
    {
        Put("a", [1]);
        DateTimeOffset before = Store.Stat(At("a"))!.Modified;
        Store.Touch(At("a"));
        Assert.True(Store.Stat(At("a"))!.Modified >= before);
    }

    [Fact]
    public void Deleting_a_folder_takes_all_in_it()
    {
        Store.MakeFolders(At("d/e/f"));
        Put("d/e/f/x", [1]);
        Store.Delete(At("d"));
        Assert.Null(Store.Stat(At("d")));
        Store.MakeFolders(At("d/e"));
        Store.MakeFolders(At("d/e"));
        Assert.Empty(Store.List(At("d/e")));
    }

    protected void Put(string name, byte[] bytes)
    {
        using Stream stream = Store.Create(At(name));
        stream.Write(bytes);
    }

    protected byte[] Get(string name)
    {
        using Stream stream = Store.OpenRead(At(name));
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    protected static FileStoreFault Refused(Action call) => Assert.Throws<FileStoreException>(call).Fault;

    protected static FileStoreFault Refused(Func<object> call) => Assert.Throws<FileStoreException>(call).Fault;
}
