package io.postgresloader.testing;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.opentest4j.TestAbortedException;

/** A headless Chromium with one window. */
public final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts the browser of this machine.
     *
     * @throws TestAbortedException where there is none: it names the packages that have one
     */
    public static Browser start() {
        Optional<Path> chromium =
                NAMES.stream().flatMap(name -> onPath(name).stream()).findFirst();
        Optional<Path> driver = onPath("chromedriver");
        if (chromium.isEmpty() || driver.isEmpty()) {
            String why = "SKIPPED, since there is no Chromium on this machine: install the packages chromium and"
                    + " chromium-driver (Debian: apt-get install chromium chromium-driver)";
            shout(why);
            throw new TestAbortedException(why);
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.get().toString());
        // Chromium has no sandbox for root, and containers have little shared memory.
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.get().toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver started = new ChromeDriver(service, options);
        started.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        return new Browser(started);
    }

    /** To the console of the build: what tests print to {@link System#err} goes to a file. */
    private static void shout(String why) {
        PrintStream console = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        console.println("\n*** The tests of the status page are " + why + " ***\n");
    }

    private static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public void open(String address) {
        driver.get(address);
    }

    public String address() {
        return driver.getCurrentUrl();
    }

    public WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** The texts of all elements that are shown. */
    public List<String> texts(String css) {
        return script(
                "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility())"
                        + ".map(e => e.innerText.trim())",
                css);
    }

    /** Runs a script in the page. */
    @SuppressWarnings("unchecked")
    public <T> T script(String script, Object... arguments) {
        return (T) driver.executeScript(script, arguments);
    }

    /** Runs a script in the page, which calls its last argument with the result. */
    @SuppressWarnings("unchecked")
    public <T> T later(String script, Object... arguments) {
        return (T) driver.executeAsyncScript(script, arguments);
    }

    /** The width that pages see. */
    public void width(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.manage().window().setSize(new Dimension(Math.max(500, width), height));
    }

    /** What the user's system prefers. */
    public void prefers(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", "", "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Shows pages as they are printed by a user whose system prefers the dark, until {@link #prefers} is called. */
    public void showsPrint() {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", "print", "features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    }

    /** Pages that are opened from now on refresh themselves each second, by the same timer as otherwise. */
    public void refreshesEachSecond() {
        driver.executeCdpCommand(
                "Page.addScriptToEvaluateOnNewDocument",
                Map.of("source", "{ const timer = setInterval; window.setInterval = (run) => timer(run, 1000); }"));
    }

    public void scripts(boolean on) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
    }

    public void press(Keys key) {
        new Actions(driver).sendKeys(key).perform();
    }

    public byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** The page as it is printed, as PDF. */
    public byte[] print() {
        Map<String, Object> printed = driver.executeCdpCommand(
                "Page.printToPDF", Map.of("paperWidth", 8.27, "paperHeight", 11.69, "preferCSSPageSize", true));
        return Base64.getDecoder().decode((String) printed.get("data"));
    }

    /** What the console said since the last call, without what a server that is away causes. */
    public List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The serious and critical faults that axe finds in the page, each with its elements. */
    public List<String> accessibilityFaults() {
        script(axe());
        return later(
                """
                const done = arguments[arguments.length - 1];
                axe.run().then(found => done(found.violations
                    .filter(fault => ['serious', 'critical'].includes(fault.impact))
                    .map(fault => `${fault.id}: ${fault.help}: ${fault.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | ')}`)));
                """);
    }

    private static String axe() {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
