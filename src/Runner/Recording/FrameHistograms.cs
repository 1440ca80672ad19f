namespace Brigade.Runner.Recording;

/// <summary>Histograms are 270 KiB each: the few that frames need at a time are used again.</summary>
internal sealed class FrameHistograms
{
    private readonly Stack<RecordedHistogram> _free = new();

    public RecordedHistogram Take() => _free.TryPop(out var histogram) ? histogram : HistogramCodec.Create();

    public void Return(RecordedHistogram histogram)
    {
        histogram.Reset();
        _free.Push(histogram);
    }
}
