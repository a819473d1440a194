"""The panel's addresses."""

from django.urls import path
from sms import views

urlpatterns = [
    path("messages/", views.send),
    path("messages/<int:number>/", views.show),
]
