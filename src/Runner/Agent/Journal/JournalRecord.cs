using System.Buffers.Text;
using System.Text;

namespace Brigade.Runner.Agent.Journal;

/// <summary>
/// The form of a record in a journal file: the sequence number, a space, the event as JSON, a line feed. A process that is killed while it writes
/// leaves a line without its end, a machine that loses power may leave zeros; both are told from a whole record and cut off.
/// </summary>
internal static class JournalRecord
{
    /// <summary>The bytes of a record. JSON in the form of the contracts has no line feed in it.</summary>
    public static byte[] Format(long sequence, ReadOnlySpan<byte> json) => [.. Encoding.ASCII.GetBytes(FormattableString.Invariant($"{sequence} ")), .. json, (byte)'\n'];

    /// <summary>Reads one line without its line feed; false where it is no whole record of that number.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, long sequence, out ReadOnlySpan<byte> json)
    {
        json = [];
        if (!Utf8Parser.TryParse(line, out long number, out var digits) || number != sequence || digits + 2 >= line.Length || line[digits] != ' ')
        {
            return false;
        }

        json = line[(digits + 1)..];
        return json[0] == '{' && json[^1] == '}';
    }
}
