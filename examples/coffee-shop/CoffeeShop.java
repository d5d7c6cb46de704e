import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.client.InvoiceInfo;
import io.wormhole.runtime.client.PaymentInfo;
import io.wormhole.runtime.client.WormholeClient;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/**
 * A shop and its customer, each with a node of its own: the shop asks to be paid, the customer pays
 * over whatever channels there are, and the coffee is made when the money has come.
 *
 * <pre>java -cp wormhole.jar CoffeeShop.java SHOP_DATA CUSTOMER_DATA</pre>
 */
public final class CoffeeShop {
    private static final Amount PRICE = Amount.parse("0.02");
    private static final Amount MOST_FEE = Amount.parse("0.001");

    private final WormholeClient shop;
    private final WormholeClient customer;

    private CoffeeShop(WormholeClient shop, WormholeClient customer) {
        this.shop = shop;
        this.customer = customer;
    }

    public static void main(String[] folders) throws Exception {
        if (folders.length != 2) {
            System.err.println("name the data directories of the shop's and the customer's node");
            System.exit(2);
        }
        CoffeeShop sale =
                new CoffeeShop(
                        WormholeClient.ofData(Path.of(folders[0])),
                        WormholeClient.ofData(Path.of(folders[1])));
        System.out.println(sale.sell().toCompletableFuture().join());
    }

    private CompletionStage<String> sell() {
        return shop.request(PRICE, "one coffee")
                .thenCompose(invoice -> pay(invoice).thenCompose(paid -> make(invoice, paid)));
    }

    // The invoice would be shown as a picture, and read by the customer's telephone.
    private CompletionStage<PaymentInfo> pay(InvoiceInfo invoice) {
        return customer.pay(invoice.text(), MOST_FEE);
    }

    private CompletionStage<String> make(InvoiceInfo invoice, PaymentInfo payment) {
        if (!payment.isPaid()) {
            throw new IllegalStateException("no coffee: " + payment.reason());
        }
        return shop.whenPaid(invoice.hash())
                .thenApply(
                        done ->
                                "one coffee for %s DSD, %s DSD of fees, receipt %s"
                                        .formatted(
                                                done.amount(),
                                                payment.fees(),
                                                payment.receipt().orElseThrow().toHex()));
    }
}
