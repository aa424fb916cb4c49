namespace YarnDL.Spark.Bridge;

/// <summary>What the JVM can be asked for; the numbers are those of docs/bridge.md.</summary>
internal enum BridgeOperation
{
    ListFiles = 64,
    StatFile = 65,
    OpenFile = 66,
    ReadFile = 67,
    CreateFile = 68,
    WriteFile = 69,
    FinishFile = 70,
    CloseHandle = 71,
    RenameFile = 72,
    ReplaceFile = 73,
    TouchFile = 74,
    MakeFolders = 75,
    DeleteFile = 76,
    DescribeTable = 80,
    OpenTable = 81,
    NextBatch = 82,
    WriteTable = 83,
    WriteBatch = 84,
    CommitTable = 85,
    OpenWork = 96,
    RunWork = 97,
    Workers = 98,
    Outcome = 112,
    Application = 113,
    Describe = 114,
    Driver = 115,
    Secret = 116,
    EmptyJob = 117,
}
