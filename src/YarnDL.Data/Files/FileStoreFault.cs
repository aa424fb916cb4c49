namespace YarnDL.Data.Files;

/// <summary>Why storage said no.</summary>
public enum FileStoreFault
{
    Missing,
    Exists,
    Denied,
    Full,
    Broken,

    /// <summary>Another run works there.</summary>
    Busy,
}
