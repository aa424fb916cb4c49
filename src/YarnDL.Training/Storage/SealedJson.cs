using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace YarnDL.Training.Storage;

/// <summary>A JSON object whose last member is the SHA-256 of all before it: damage is seen before anything is believed.</summary>
internal static class SealedJson
{
    private const string Seal = "checksum";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The object's bytes with its checksum as the last member.</summary>
    public static byte[] Write(JsonObject content)
    {
        JsonObject sealedContent = content.DeepClone().AsObject();
        sealedContent[Seal] = Hash(content);
        return Encoding.UTF8.GetBytes(sealedContent.ToJsonString(Indented) + "\n");
    }

    /// <summary>The object without its checksum; null when the bytes are not such an object or the checksum differs.</summary>
    public static JsonObject? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (JsonNode.Parse(bytes) is not JsonObject content || content[Seal] is not JsonValue seal)
            {
                return null;
            }

            string told = (string?)seal ?? "";
            content.Remove(Seal);
            return Hash(content) == told ? content : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static string Hash(JsonObject content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToJsonString())));
}
