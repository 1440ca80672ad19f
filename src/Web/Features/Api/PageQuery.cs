using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Brigade.Web.Features.Api;

/// <summary>The part of a query string that asks for a page of a list, as it was sent.</summary>
internal sealed record PageQuery(
    [property: FromQuery, Description("How many to leave out. Default: 0.")] string? Skip,
    [property: FromQuery, Description("How many to answer, 1 to 200. Default: 25.")] string? Take)
{
    private const int MostTake = 200;

    public (int Skip, int Take) Read(ParameterErrors errors) => (errors.Number("skip", Skip, 0, 0), errors.Number("take", Take, 25, 1, MostTake));
}
