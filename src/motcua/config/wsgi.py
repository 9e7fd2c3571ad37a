"""What the web server calls."""

import gc

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

# What is loaded by now stays for good: the collector need not look at it again and again. A
# request makes some hundred objects with cycles at most, so looking later costs little memory.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
