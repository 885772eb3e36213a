"""The site with one more page, whose code fails with what the person sent in its words."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from tejido.config import urls as ours


@csrf_exempt
def fail(request: HttpRequest) -> HttpResponse:
    q = request.POST.get("q", request.GET.get("q", ""))
    try:
        return HttpResponse(int(q))
    except ValueError as error:
        raise LookupError(f"{q} from {request.META['REMOTE_ADDR']}") from error


urlpatterns = [path("mistake/", fail), *ours.urlpatterns]
handler404, handler500 = ours.handler404, ours.handler500
