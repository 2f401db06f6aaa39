package dropin

// This file defines what is said of builds.

import (
	"github.com/firn-lang/firn/builtins/build"
)

// Build says what a builder tells. It is a build.Options.Event.
func (l *Logger) Build(e build.Event) {
	switch e.Kind {
	case build.Started, build.Copying, build.Step:
		l.Say(Info, e.Text+"...")
	case build.Line:
		if l.BuildLogs {
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
