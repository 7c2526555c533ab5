/* The API's description of itself: client/static/openapi.json. */
#include <assert.h>
#include <string.h>

#include "api/api.h"
#include "assets.h" /* generated */

/* GET /api/v1/openapi.json */
void
api_openapi(struct web *w, struct request *r)
{
	const struct asset *asset = assets;

	(void)w;
	while (
	    asset->path != NULL && strcmp(asset->path, ASSET_openapi_json) != 0)
		asset++;
	assert(asset->path != NULL);
	struct reply reply = {
		.status = 200,
		.type = asset->type,
		.body = asset->plain,
		.headers = "Cache-Control: no-cache\r\n",
	};
	http_answer(r, &reply);
}
