namespace Brigade.Web.Features.Sharing;

/// <param name="Path">Path of the link, which takes the password.</param>
public sealed record SharedPasswordModel(string Path);
