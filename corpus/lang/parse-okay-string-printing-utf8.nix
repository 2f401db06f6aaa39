# L46: UTF-8 passes through
"äöü € 日本 🎉   ﻿"
