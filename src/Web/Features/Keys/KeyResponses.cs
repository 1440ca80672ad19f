using System.Text.Json.Nodes;
using Brigade.Data.Entities;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Keys;

/// <summary>Whoever asks.</summary>
/// <param name="Name">A user's or a key's name.</param>
/// <param name="Role">What it may do: viewer, editor, admin or owner.</param>
/// <param name="WorkspaceId">The workspace that it works in.</param>
public sealed record KeyOwner(string Name, string Role, Guid WorkspaceId);

/// <summary>A key as the API shows it.</summary>
/// <param name="Prefix">How it begins.</param>
/// <param name="LastUsedAt">To the minute; absent where it was never used.</param>
/// <param name="RevokedAt">Absent while it is good.</param>
public sealed record KeyResponse(
    Guid Id, string Name, string Prefix, ApiKeyScope Scope, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    internal static KeyResponse Of(ApiKeyRow row) => new(row.Id, row.Name, row.Prefix, row.Scope, row.CreatedBy, row.CreatedAt, row.ExpiresAt, row.LastUsedAt, row.RevokedAt);
}

/// <summary>A new key: the only time that it is told.</summary>
/// <param name="Key">What to send as bearer.</param>
public sealed record NewKeyResponse(string Key, KeyResponse Details);

/// <summary>Body of <c>POST /api/v1/keys</c>.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scope">read, write, admin or runner.</param>
/// <param name="ExpiresInDays">1 to 3650; null for never.</param>
public sealed record KeyBody(string Name, ApiKeyScope Scope, int? ExpiresInDays);

/// <summary>Examples for the document.</summary>
internal static class KeyExamples
{
    public static JsonNode Body => JsonNode.Parse("""{ "name": "pipeline", "scope": "write", "expiresInDays": 90 }""")!;

    public static JsonNode Owner => JsonNode.Parse("""{ "name": "pipeline", "role": "editor", "workspaceId": "b51adeb5-0000-4000-8000-000000000001" }""")!;

    public static JsonNode Key => JsonNode.Parse(
        """
        { "id": "01a20c34-f0e2-7ea4-a642-2a357692ffc3", "name": "pipeline", "prefix": "brg_x7Qp2c", "scope": "write", "createdBy": "Ada",
          "createdAt": "2026-11-24T09:10:02+00:00", "expiresAt": "2027-02-22T09:10:02+00:00", "lastUsedAt": "2026-11-24T11:31:00+00:00" }
        """)!;

    public static JsonNode NewKey => new JsonObject { ["key"] = "brg_x7Qp2c…", ["details"] = Key };
}
