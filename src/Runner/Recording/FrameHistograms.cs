using HdrHistogram;

namespace Brigade.Runner.Recording;

/// <summary>Histograms are 270 KiB each: the few that frames need at a time are used again.</summary>
internal sealed class FrameHistograms
{
    private readonly Stack<LongHistogram> _free = new();

    public LongHistogram Take() => _free.TryPop(out var histogram) ? histogram : HistogramCodec.Create();

    public void Return(LongHistogram histogram)
    {
        histogram.Reset();
        _free.Push(histogram);
    }
}
