package dropin

// This file defines what is said of builds.

import (
	"strings"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// Build says what a builder tells. It is a build.Options.Event.
func (l *Logger) Build(e build.Event) {
	switch e.Kind {
	case build.Started, build.Copying, build.Step:
		l.Say(Info, e.Text+"...")
	case build.Line:
		switch {
		case !l.BuildLogs:
		case l.program == "firn": // whose lines say what they are of
			base := e.Drv[strings.LastIndexByte(e.Drv, '/')+1:]
			_, name, _ := strings.Cut(strings.TrimSuffix(base, storepath.DrvExtension), "-")
			l.Say(Error, name+"> "+e.Text)
		default:
			l.Say(Error, e.Text)
		}
	case build.Failed:
		l.Error(e.Err)
	case build.Note:
		l.Say(Error, e.Text)
	case build.Warning:
		l.Warn(e.Text)
	}
}
