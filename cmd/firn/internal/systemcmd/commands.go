package systemcmd

// This file defines the commands that evaluate a configuration: build, dry, switch, boot and test.

import (
	"context"
	"path"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/system"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// System are the commands about machines.
type System struct {
	Build    SystemBuild    `cmd:"" help:"Build the machine's next generation, and make a link to it."`
	Dry      SystemDry      `cmd:"" help:"Print what would change and why, and what would be built."`
	Switch   SystemSwitch   `cmd:"" help:"Build the next generation, make it the machine's, and activate it."`
	Boot     SystemBoot     `cmd:"" help:"Build the next generation, and make it the one that is started from now on."`
	Test     SystemTest     `cmd:"" help:"Build the next generation, and activate it until the machine starts again."`
	Rollback SystemRollback `cmd:"" help:"Switch to the generation before the current one, or to any."`
	List     SystemList     `cmd:"" help:"List the generations."`
	Diff     SystemDiff     `cmd:"" help:"Print how two generations differ, and which lines caused that."`
	GC       SystemGC       `cmd:"" name:"gc" help:"Delete old generations, and what nothing needs any more."`
}

// Home are the commands about homes.
type Home struct {
	Build    HomeBuild    `cmd:"" help:"Build the home's next generation, and make a link to it."`
	Dry      HomeDry      `cmd:"" help:"Print what would change and why, and what would be built."`
	Switch   HomeSwitch   `cmd:"" help:"Build the next generation, make it the home's, and activate it."`
	Rollback HomeRollback `cmd:"" help:"Switch to the generation before the current one, or to any."`
	List     HomeList     `cmd:"" help:"List the generations."`
	Diff     HomeDiff     `cmd:"" help:"Print how two generations differ, and which lines caused that."`
	GC       HomeGC       `cmd:"" name:"gc" help:"Delete old generations, and what nothing needs any more."`
}

// logFlags say what is shown of builds.
type logFlags struct {
	PrintLogs bool `name:"print-build-logs" short:"L" help:"Print the logs of builds as they come."`
}

// buildFlags are those of commands that build and make a link.
type buildFlags struct {
	OutLink string `short:"o" default:"result" placeholder:"PATH" help:"Make this link to the generation."`
	NoLink  bool   `help:"Make no link."`
}

// prepare evaluates a configuration, and says what it would change.
func (j *job) prepare(ctx context.Context, f *sourceFlags, say func(lines ...string)) (*evaluated, error) {
	if err := j.tellState(ctx); err != nil {
		return nil, err
	}
	to, err := f.evaluate(ctx, j.Env, j.kind)
	if err != nil {
		return nil, err
	}
	lines, err := j.compare(ctx, to)
	if err != nil {
		return nil, err
	}
	say(lines...)
	return to, nil
}

// tell says lines among the messages.
func (j *job) tell(lines ...string) {
	for _, line := range lines {
		j.Log.Say(dropin.Notice, line)
	}
}

// runBuild is build.
func (j *job) runBuild(ctx context.Context, f *sourceFlags, b *buildFlags, logs bool) error {
	j.Log.BuildLogs = j.Log.BuildLogs || logs
	to, err := j.prepare(ctx, f, j.tell)
	if err != nil {
		return err
	}
	if err := j.build(ctx, to); err != nil {
		return err
	}
	if !b.NoLink {
		if err := j.keep(ctx, path.Clean(j.Absolute(b.OutLink)), to.path); err != nil {
			return err
		}
	}
	j.Lines(to.path)
	return nil
}

// runDry is dry.
func (j *job) runDry(ctx context.Context, f *sourceFlags) error {
	to, err := j.prepare(ctx, f, j.Lines)
	if err != nil {
		return err
	}
	s, err := j.Store(ctx)
	if err != nil {
		return err
	}
	return j.Announce(ctx, s, []store.Target{to.target()})
}

// runSwitch is switch, boot and test.
func (j *job) runSwitch(ctx context.Context, f *sourceFlags, logs bool, p system.Plan) error {
	j.Log.BuildLogs = j.Log.BuildLogs || logs
	to, err := j.prepare(ctx, f, j.tell)
	if err != nil {
		return err
	}
	if err := j.build(ctx, to); err != nil {
		return err
	}
	p.Path = to.path
	return j.switchTo(ctx, p)
}

// SystemBuild builds.
type SystemBuild struct {
	sourceFlags
	placeFlags
	buildFlags
	logFlags
}

// Run builds.
func (c *SystemBuild) Run(ctx context.Context, e *storecmd.Env) error {
	j, err := c.placeFlags.open(e)
	if err != nil {
		return err
	}
	return j.runBuild(ctx, &c.sourceFlags, &c.buildFlags, c.PrintLogs)
}

// SystemDry says what would change.
type SystemDry struct {
	sourceFlags
	placeFlags
	logFlags
	Units bool `help:"Build the generation, and let it say which units it would start, stop and restart."`
}

// Run says it.
func (c *SystemDry) Run(ctx context.Context, e *storecmd.Env) error {
	j, err := c.placeFlags.open(e)
	if err != nil {
		return err
	}
	if c.Units {
		return j.runSwitch(ctx, &c.sourceFlags, c.PrintLogs, system.Plan{Action: system.DryActivate})
	}
	return j.runDry(ctx, &c.sourceFlags)
}

// activateFlags are those of commands that activate a machine's generation.
type activateFlags struct {
	sourceFlags
	placeFlags
	logFlags
	Specialisation    string `short:"c" placeholder:"NAME" help:"Activate this specialisation of the generation."`
	InstallBootloader bool   `help:"Install the boot loader itself, and not only its menu."`
}

// run builds and activates.
func (c *activateFlags) run(ctx context.Context, e *storecmd.Env, a system.Action) error {
	j, err := c.placeFlags.open(e)
	if err != nil {
		return err
	}
	p := system.Plan{Action: a, Specialisation: c.Specialisation}
	if c.InstallBootloader {
		p.Env = []string{bootLoader}
	}
	return j.runSwitch(ctx, &c.sourceFlags, c.PrintLogs, p)
}

// SystemSwitch switches.
type SystemSwitch struct{ activateFlags }

// Run switches.
func (c *SystemSwitch) Run(ctx context.Context, e *storecmd.Env) error {
	return c.run(ctx, e, system.Switch)
}

// SystemBoot changes what is started.
type SystemBoot struct{ activateFlags }

// Run changes it.
func (c *SystemBoot) Run(ctx context.Context, e *storecmd.Env) error {
	return c.run(ctx, e, system.Boot)
}

// SystemTest activates for a time.
type SystemTest struct{ activateFlags }

// Run activates.
func (c *SystemTest) Run(ctx context.Context, e *storecmd.Env) error {
	return c.run(ctx, e, system.Test)
}

// HomeBuild builds.
type HomeBuild struct {
	sourceFlags
	homeFlags
	buildFlags
	logFlags
}

// Run builds.
func (c *HomeBuild) Run(ctx context.Context, e *storecmd.Env) error {
	j, err := c.homeFlags.open(e)
	if err != nil {
		return err
	}
	return j.runBuild(ctx, &c.sourceFlags, &c.buildFlags, c.PrintLogs)
}

// HomeDry says what would change.
type HomeDry struct {
	sourceFlags
	homeFlags
}

// Run says it.
func (c *HomeDry) Run(ctx context.Context, e *storecmd.Env) error {
	j, err := c.homeFlags.open(e)
	if err != nil {
		return err
	}
	return j.runDry(ctx, &c.sourceFlags)
}

// HomeSwitch switches.
type HomeSwitch struct {
	sourceFlags
	homeFlags
	logFlags
	Specialisation string `short:"c" placeholder:"NAME" help:"Activate this specialisation of the generation."`
	Backup         string `short:"b" placeholder:"EXT" help:"Move files that are in the way to names with this extension."`
}

// Run switches.
func (c *HomeSwitch) Run(ctx context.Context, e *storecmd.Env) error {
	j, err := c.homeFlags.open(e)
	if err != nil {
		return err
	}
	p := system.Plan{Action: system.Switch, Specialisation: c.Specialisation}
	if c.Backup != "" {
		p.Env = []string{"HOME_MANAGER_BACKUP_EXT=" + c.Backup}
	}
	return j.runSwitch(ctx, &c.sourceFlags, c.PrintLogs, p)
}
