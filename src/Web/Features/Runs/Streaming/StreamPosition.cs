using System.Globalization;
using Brigade.Contracts.Runs;

namespace Brigade.Web.Features.Runs.Streaming;

/// <summary>
/// How far a reader of a run's events is: the trials whose end it has, and the last frame. It is written into the id of each event, so that any node of the
/// cluster can go on where another one stopped. Trials need not end in the order of their numbers: a search chooses.
/// </summary>
internal sealed class StreamPosition
{
    /// <summary>The id of the last event: there is nothing behind it.</summary>
    public const string End = "end";

    private const int LongestText = 8192;

    private readonly List<(int First, int Last)> _ended = [];
    private string _endedText = "";
    private int _trial = -1;
    private int _slot = -1;

    /// <summary>Whether everything was received, the end included.</summary>
    public bool IsAtEnd { get; private init; }

    /// <summary>Reads the id of an event; the beginning where it is empty, null where it is none of ours.</summary>
    public static StreamPosition? Parse(string text)
    {
        if (text.Length == 0 || string.Equals(text, End, StringComparison.Ordinal))
            return new StreamPosition { IsAtEnd = text.Length > 0 };
        if (text.Length > LongestText || text.Split(':') is not [var ended, var trial, var slot])
            return null;
        var position = new StreamPosition();
        foreach (var range in ended.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var bounds = range.Split('-');
            if (bounds.Length > 2 || !TryNumber(bounds[0], out var first) || !TryNumber(bounds[^1], out var last) || last < first)
                return null;
            if (position._ended.Count > 0 && first <= position._ended[^1].Last)
                return null;
            position._ended.Add((first, last));
        }

        position._endedText = ended;
        if (trial.Length > 0 && (!TryNumber(trial, out position._trial) || !TryNumber(slot, out position._slot)))
            return null;
        return position;
    }

    public bool HasEnd(int trial) => _ended.Exists(range => trial >= range.First && trial <= range.Last);

    /// <summary>Whether the reader has the frame, and all that was merged into it.</summary>
    public bool Has(Frame frame) => HasEnd(frame.Trial) || (frame.Trial == _trial && LastSlot(frame) <= _slot);

    public void Add(Frame frame) => (_trial, _slot) = (frame.Trial, LastSlot(frame));

    public void AddEnd(int trial)
    {
        var at = _ended.FindLastIndex(range => range.First <= trial) + 1;
        _ended.Insert(at, (trial, trial));
        if (at + 1 < _ended.Count && _ended[at + 1].First == trial + 1)
        {
            _ended[at] = (trial, _ended[at + 1].Last);
            _ended.RemoveAt(at + 1);
        }

        if (at > 0 && _ended[at - 1].Last == trial - 1)
        {
            _ended[at - 1] = (_ended[at - 1].First, _ended[at].Last);
            _ended.RemoveAt(at);
        }

        _endedText = string.Join(',', _ended.Select(range => range.First == range.Last ? Text(range.First) : $"{Text(range.First)}-{Text(range.Last)}"));
    }

    /// <summary>As the id of the event that was sent last.</summary>
    public override string ToString() => _trial < 0 ? $"{_endedText}::" : $"{_endedText}:{Text(_trial)}:{Text(_slot)}";

    // A merged frame covers several slots of 100 ms.
    private static int LastSlot(Frame frame) => frame.Number + Math.Max(1, (int)Math.Ceiling(frame.DurationMs / Frame.LengthMs)) - 1;

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
