using System.Globalization;
using System.Numerics;
using System.Text;
using Brigade.Runner.TrialHosts.DotNet.Kernels;

namespace Brigade.Runner.TrialHosts.DotNet.Workloads;

/// <summary>What a user's task returned, as the unsigned 64-bit number that goes into the checksum: equal to what the Python host makes of the equal value.</summary>
internal static class TaskResult
{
    private static readonly BigInteger Modulus = BigInteger.One << 64;

    /// <summary>Whole numbers and bool modulo 2^64, null as 0; anything else the first 8 bytes of the SHA-256 of its bytes or text.</summary>
    public static ulong Of(object? value) => value switch
    {
        null => 0,
        bool flag => flag ? 1UL : 0UL,
        byte[] bytes => Pattern.Hash(bytes),
        ReadOnlyMemory<byte> bytes => Pattern.Hash(bytes.Span),
        Memory<byte> bytes => Pattern.Hash(bytes.Span),
        ArraySegment<byte> bytes => Pattern.Hash(bytes),
        BigInteger whole => (ulong)(((whole % Modulus) + Modulus) % Modulus),
        Enum named => Of(Convert.ChangeType(named, Enum.GetUnderlyingType(named.GetType()), CultureInfo.InvariantCulture)),
        _ => TryWhole(value, out var number) ? number : Pattern.Hash(Encoding.UTF8.GetBytes(Text(value))),
    };

    /// <summary>A value as people read it; of numbers as Python writes them.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        double real => Real(real),
        float real => Real(real),
        byte[] bytes => Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, 1024))),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static bool TryWhole(object value, out ulong number)
    {
        long? signed = value switch
        {
            int whole => whole,
            long whole => whole,
            short whole => whole,
            sbyte whole => whole,
            byte whole => whole,
            ushort whole => whole,
            uint whole => whole,
            nint whole => whole,
            ulong whole => unchecked((long)whole),
            nuint whole => unchecked((long)whole),
            Int128 whole => unchecked((long)whole),
            UInt128 whole => unchecked((long)(ulong)whole),
            _ => null,
        };
        number = unchecked((ulong)(signed ?? 0));
        return signed is not null;
    }

    /// <summary>As Python's <c>repr</c>: <c>1.0</c>, <c>1e+16</c>, <c>1e-05</c>.</summary>
    private static string Real(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        // The shortest digits that read back as the same number, as in Python; only the form differs.
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var whole = parts[0].Split('.')[0];
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.Trim('0') is { Length: > 0 } significant ? significant : "0";
        var leading = value == 0 ? 0 : all.Length - all.TrimStart('0').Length;
        var exponent = whole.Length - 1 - leading + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        var sign = double.IsNegative(value) ? "-" : "";
        return exponent switch
        {
            < -4 or >= 16 => string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}"),
            < 0 => sign + "0." + new string('0', -exponent - 1) + digits,
            _ => sign + digits.PadRight(exponent + 1, '0')[..(exponent + 1)] + "." + (digits.Length > exponent + 1 ? digits[(exponent + 1)..] : "0"),
        };
    }
}
