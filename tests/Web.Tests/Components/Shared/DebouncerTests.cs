using Brigade.Web.Components.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Brigade.Web.Tests.Components.Shared;

public sealed class DebouncerTests
{
    private readonly FakeTimeProvider _time = new();
    private int _calls;

    [Fact]
    public void Touch_Again_StartsTheWaitAnew()
    {
        using var debouncer = Create();
        debouncer.Touch();
        _time.Advance(TimeSpan.FromMilliseconds(200));
        debouncer.Touch();
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(0, _calls);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public void Cancel_BeforeTheEnd_CallsNothing()
    {
        using var debouncer = Create();
        debouncer.Touch();
        debouncer.Cancel();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _calls);
    }

    private Debouncer Create() => new(_time, TimeSpan.FromMilliseconds(300), () =>
    {
        _calls++;
        return Task.CompletedTask;
    });
}
