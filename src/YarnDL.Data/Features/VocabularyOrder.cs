namespace YarnDL.Data.Features;

/// <summary>How a vocabulary is numbered.</summary>
internal enum VocabularyOrder
{
    /// <summary>By falling frequency, then UTF-8 bytes.</summary>
    Frequency,

    /// <summary>By UTF-8 bytes.</summary>
    Bytes,

    /// <summary>By rising frequency, then UTF-8 bytes.</summary>
    RisingFrequency,

    /// <summary>By falling UTF-8 bytes.</summary>
    FallingBytes,
}
