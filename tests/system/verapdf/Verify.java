import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Says of each PDF whether veraPDF finds it to be PDF/A-2a and PDF/UA-1; one line a verdict or a fault. */
public class Verify {
    private static final PDFAFlavour[] PROFILES = {PDFAFlavour.PDFA_2_A, PDFAFlavour.PDFUA_1};

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (PDFAFlavour profile : PROFILES) {
                verify(new File(file), profile);
            }
        }
    }

    private static void verify(File file, PDFAFlavour profile) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, profile);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            String verdict = result.isCompliant() ? "PASS" : "FAIL";
            System.out.println(verdict + " " + profile.getId() + " " + file.getName());
            for (TestAssertion fault : result.getTestAssertions()) {
                System.out.println("  " + fault.getRuleId().getClause() + "-"
                        + fault.getRuleId().getTestNumber() + " " + fault.getMessage());
            }
        }
    }
}
