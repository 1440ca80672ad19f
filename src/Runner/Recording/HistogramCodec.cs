namespace Brigade.Runner.Recording;

/// <summary>The one shape of histogram that the runner records: 1 ns to 1 h at 3 significant digits.</summary>
internal static class HistogramCodec
{
    public const long HighestNs = 3_600L * 1_000_000_000;
    public const int Digits = 3;

    public static RecordedHistogram Create() => new();
}
