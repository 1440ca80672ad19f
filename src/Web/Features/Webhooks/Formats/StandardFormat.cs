using System.Text.Json.Nodes;
using Brigade.Contracts;
using Brigade.Data.Entities;

namespace Brigade.Web.Features.Webhooks.Formats;

/// <summary>JSON with <c>type</c>, <c>timestamp</c> and <c>data</c>, as the Standard Webhooks specification recommends.</summary>
internal sealed class StandardFormat : IPayloadFormat
{
    public WebhookFormat Format => WebhookFormat.Standard;

    public string Write(Message message)
    {
        var data = message.Story.Data.DeepClone().AsObject();
        data["title"] = message.Story.Title;
        data["text"] = message.Story.Text;
        data["url"] = message.Url;
        return new JsonObject { ["type"] = message.Kind, ["timestamp"] = message.At, ["data"] = data }.ToJsonString(BrigadeJson.Options);
    }
}
