using System.Net;
using System.Text.Json;
using Brigade.Data.Queries;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Schedules;

public sealed class ScheduleEndpointsTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private readonly HttpClient _client = server.Client();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Schedule_Lifecycle_IsMadePausedAndDeleted()
    {
        var experiment = await ExperimentAsync();

        using var made = await _client.PostAsync("/api/v1/schedules", BrigadeServer.Json($$"""{ "experimentId": "{{experiment}}", "cron": "0 3 * * 1-5", "timeZone": "Europe/Berlin" }"""));
        var answer = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(5, answer.GetProperty("nextTimes").GetArrayLength());

        var path = $"/api/v1/schedules/{answer.GetProperty("id").GetGuid()}";
        using var paused = await _client.PatchAsync(path, BrigadeServer.Json("""{ "enabled": false }"""));
        var after = JsonDocument.Parse(await paused.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((false, 0, "0 3 * * 1-5"), (after.GetProperty("enabled").GetBoolean(), after.GetProperty("nextTimes").GetArrayLength(), after.GetProperty("cron").GetString()));
        Assert.Equal(1, JsonDocument.Parse(await _client.GetStringAsync($"/api/v1/schedules?experimentId={experiment}")).RootElement.GetProperty("total").GetInt32());

        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("""{ "experimentId": "{id}", "cron": "0 25 * * *" }""", "/cron", "The hour '25' (field 2, at character 3)")]
    [InlineData("""{ "experimentId": "{id}" }""", "/cron", "five fields")]
    [InlineData("""{ "experimentId": "{id}", "cron": 5 }""", "/cron", "five fields")]
    [InlineData("""{ "experimentId": "{id}", "cron": "0 3 * * *", "timeZone": "Mars" }""", "/timeZone", "'Mars' is no time zone")]
    [InlineData("""{ "experimentId": "{id}", "cron": "0 3 * * *", "enabled": "yes" }""", "/enabled", "true or false")]
    [InlineData("""{ "experimentId": "x", "cron": "0 3 * * *" }""", "/experimentId", "which experiment")]
    [InlineData("""{ "cron": "0 3 * * *", "every": 5 }""", "/every", "not known")]
    public async Task Schedule_Wrong_SaysWhatAndWhere(string body, string pointer, string message)
    {
        using var response = await _client.PostAsync("/api/v1/schedules", BrigadeServer.Json(body.Replace("{id}", (await ExperimentAsync()).ToString(), StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("errors")[0];
        Assert.Equal(pointer, error.GetProperty("pointer").GetString());
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_UnknownExperiment_Is404() => Assert.Equal(
        HttpStatusCode.NotFound, (await _client.PostAsync("/api/v1/schedules", BrigadeServer.Json($$"""{ "experimentId": "{{Guid.NewGuid()}}", "cron": "@daily" }"""))).StatusCode);

    private async Task<Guid> ExperimentAsync() => (await server.Get<ExperimentStore>().CreateAsync(Given.Spec(Guid.NewGuid().ToString()))).Id;
}
